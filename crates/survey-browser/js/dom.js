// The document as it stands, as HTML. Open shadow roots are written where their host is, inside
// <madang-shadow>, so that any reader of HTML finds their words.
const outer = read(Element.prototype, "outerHTML");
let html;
const walk = walker(document, rootElement, NodeFilter.SHOW_ELEMENT);
let hosts = 0;
for (let node = walk.nextNode(); node; node = walk.nextNode()) if (shadowOf(node)) hosts += 1;
if (hosts === 0) {
  html = outer(rootElement);
} else {
  // A document without a window: copies of custom elements stay asleep there.
  const desk = DOMImplementation.prototype.createHTMLDocument.call(read(Document.prototype, "implementation")(document), "");
  const first = read(Node.prototype, "firstChild");
  const next = read(Node.prototype, "nextSibling");
  const append = does(Node.prototype, "appendChild");
  const importNode = does(Document.prototype, "importNode");
  const copy = (node, depth) => {
    const twin = importNode(desk, node, false);
    const shadow = node instanceof Element ? shadowOf(node) : null;
    if (depth > 400) return twin;
    if (shadow) {
      const mark = desk.createElement("madang-shadow");
      for (let child = first(shadow); child; child = next(child)) append(mark, copy(child, depth + 1));
      append(twin, mark);
    }
    for (let child = first(node); child; child = next(child)) append(twin, copy(child, depth + 1));
    return twin;
  };
  html = outer(copy(rootElement, 0));
}
html = `<!DOCTYPE html>\n${html}`;
return JSON.stringify({ html: html.slice(0, given.limit), whole: html.length <= given.limit });
