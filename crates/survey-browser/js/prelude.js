"use strict";
// Runs in an isolated world: the built-in objects are the browser's own. Elements are still the
// page's, and a form or the document answers to the names of its children (DOM clobbering), so
// nothing is read from an element except through these.
const read = (proto, name) => {
  const get = Object.getOwnPropertyDescriptor(proto, name).get;
  return (object) => get.call(object);
};
const does = (proto, name) => {
  const run = proto[name];
  return (object, ...given) => run.apply(object, given);
};
const tagOf = read(Element.prototype, "tagName");
const shadowOf = read(Element.prototype, "shadowRoot");
const parentOf = read(Node.prototype, "parentElement");
const parentNodeOf = read(Node.prototype, "parentNode");
const textOf = read(Node.prototype, "textContent");
const innerTextOf = read(HTMLElement.prototype, "innerText");
const rootElement = read(Document.prototype, "documentElement")(document);
const bodyElement = read(Document.prototype, "body")(document);
const scrollWidthOf = read(Element.prototype, "scrollWidth");
const scrollHeightOf = read(Element.prototype, "scrollHeight");
const attribute = does(Element.prototype, "getAttribute");
const matches = does(Element.prototype, "matches");
const closest = does(Element.prototype, "closest");
const contains = does(Node.prototype, "contains");
const box = does(Element.prototype, "getBoundingClientRect");
const seen = does(Element.prototype, "checkVisibility");
const walker = does(Document.prototype, "createTreeWalker");
const inDocument = does(Document.prototype, "querySelectorAll");
const inElement = does(Element.prototype, "querySelectorAll");
const inFragment = does(DocumentFragment.prototype, "querySelectorAll");

const find = (selector, root = document) => {
  const all = root instanceof Document ? inDocument : root instanceof DocumentFragment ? inFragment : inElement;
  try {
    return Array.from(all(root, selector));
  } catch {
    return [];
  }
};
const cut = (text, length) => String(text ?? "").replace(/\s+/g, " ").trim().slice(0, length);
const visible = (element) => {
  if (!seen(element, { opacityProperty: true, visibilityProperty: true })) return false;
  const { width, height } = box(element);
  return width > 0 && height > 0;
};
// Every element, those in open shadow roots included.
const elements = (limit = 60000) => {
  const found = [];
  const roots = [document];
  while (roots.length && found.length < limit) {
    const walk = walker(document, roots.shift(), NodeFilter.SHOW_ELEMENT);
    for (let node = walk.nextNode(); node && found.length < limit; node = walk.nextNode()) {
      found.push(node);
      const shadow = shadowOf(node);
      if (shadow) roots.push(shadow);
    }
  }
  return found;
};
const words = (element) => {
  let text = element instanceof HTMLElement ? innerTextOf(element) : textOf(element);
  for (const inner of [element, ...find("*", element).slice(0, 2000)]) {
    const shadow = shadowOf(inner);
    if (!shadow) continue;
    for (const child of find(":scope > *, :host > *", shadow)) {
      if (child instanceof HTMLElement && !matches(child, "style, script")) text += ` ${innerTextOf(child)}`;
    }
  }
  return text;
};
