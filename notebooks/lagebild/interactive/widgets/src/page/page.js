// The page of a report: its panel of evidence, its folds, its search, its filter, its bar and its frames. Each part is given one
// plain object, `page`, to which each adds what the others may call.

import { makeBar } from "./bar.js";
import { makeFilter } from "./filter.js";
import { makeFind } from "./find.js";
import { makeFolds } from "./folds.js";
import { makeFrames } from "./frames.js";
import { makePanel } from "./panel.js";

/** @import { Page } from "./types.js" */

/** @type {((page: Page) => Partial<Page> | void)[]} */
const PARTS = [makePanel, makeFolds, makeFind, makeFilter, makeBar, makeFrames];

function bringToLife() {
  const page = /** @type {Page} */ ({});
  for (const part of PARTS) Object.assign(page, part(page));
}
bringToLife();
