/** What the parts of the page of a report share. */
export interface Page {
  root: HTMLElement;
  target(hash: string): HTMLElement | null; // what an address names
  gather(hash: string): HTMLElement[]; // the evidence behind what an address names
  reveal(element: Element | null): void; // open all that it lies folded in
  query: HTMLInputElement; // the field of the search
  search(): void;
  step(by: number): void;
  note(): void; // write search and filter into the address
  clearFilter(): void;
}
