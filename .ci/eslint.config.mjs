// What eslint looks for in the scripts of widgets and of the report page. Its packages lie in .venv/checkers.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(".venv/checkers/package.json"));
const { configs } = require("@eslint/js");
const globals = require("globals");

const rules = {
  eqeqeq: "error",
  "no-implicit-globals": "error",
  "no-restricted-syntax": [
    "error",
    // What is loaded once for all widgets of a page holds no state of one of them.
    {
      selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind!='const']",
      message: "A module holds no state.",
    },
  ],
  "no-shadow-restricted-names": "error",
  "no-unused-vars": ["error", { args: "after-used", ignoreRestSiblings: true }],
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": ["error", { destructuring: "all" }],
};

export default [
  configs.recommended,
  { rules, linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["notebooks/**/src/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/**/*.mjs", ".ci/*.mjs"], languageOptions: { globals: globals.node } },
];
