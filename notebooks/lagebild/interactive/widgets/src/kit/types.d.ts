/** Returns the words for a key, with what stands in braces filled in. */
export type Translate = (key: string, values?: Record<string, unknown>) => string;

/** The model of anywidget: what the kernel and the browser both know, and messages. */
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(message: object): void;
  on(kind: "msg:custom", run: (message: any) => void): void;
  off(kind: "msg:custom", run: (message: any) => void): void;
}

type Child = Node | string | number | false | null | undefined;
export type Children = Child | Children[];

/** Attributes of an element, and what it does on events. */
export interface Attributes {
  [on: `on${string}`]: ((event: any) => void) | null;
  [name: string]: any;
}

type SvgTag = "svg" | "g" | "path" | "line" | "circle" | "rect" | "polyline" | "polygon" | "text" | "title" | "desc";
export type Made<Tag extends string> = Tag extends SvgTag
  ? SVGElementTagNameMap[Tag]
  : Tag extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[Tag]
    : HTMLElement;

/** What a combobox is made of: `find` returns choices, `draw` what one shows, `take` chooses it, and `save` follows Ctrl+Enter. */
export interface Choosing<Choice> {
  id: string;
  label: string;
  none: string;
  field: Attributes;
  browse?: boolean;
  find(asked: string): Choice[];
  offer?(asked: string): Choice[];
  draw(choice: Choice): Children;
  take(choice: Choice): void;
  save?(): void;
}
