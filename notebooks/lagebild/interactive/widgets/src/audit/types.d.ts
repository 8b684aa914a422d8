import type { Act, DeskState, DeskView } from "../desk/types.js";

/** A claim of the report, as the audit and its reviewers judge it. */
export interface Claim {
  at: number; // its place among the claims
  hash: string;
  start: number;
  end: number;
  claim: string;
  verdict: string;
  says: string; // the verdict of the audit itself
  reason: string;
  by: string; // who overruled it, and why
  why: string;
  latest: string; // the latest decision on it
  waits: string | false; // the verdict that is being saved
  publishers: string;
  pieces: [string, string][]; // of a quotation beside what comes nearest to it
  witnesses: Record<string, string>[];
}

export interface Audit {
  place: string;
  language: string;
  text: string;
  verdicts: string[];
  claims: Claim[];
}

export interface State extends DeskState {
  chosen: number; // the place of the claim on the card
  only: string; // the one verdict that is shown
  asks: string; // the verdict of which the card asks the reason
  help: boolean; // whether the keys are shown
  behind: Map<string, Act>; // name of an undo → the act that it takes back
  met: Map<string, string[]>; // claim → who decided on it meanwhile
}

/** What the parts of the audit share, and the verbs of each. */
export interface View extends DeskView<State> {
  audit: Audit;
  claims: Claim[];
  drawFilters(): void;
  turn(): void;
  onDesk(): Claim;
  isShown(claim: Claim): boolean;
  choose(at: number): void;
  go(step: number): void;
  goOn(step: number): void;
  first(): void;
  overrule(verdict: string, why: string): void;
  drawReport(): void;
  markClaim(claim: Claim): void;
  markReport(): void;
  reach(): void;
  askWhy(verdict: string): void;
  toggleHelp(): void;
}
