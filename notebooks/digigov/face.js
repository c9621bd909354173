// Helpers of every widget of the course. Native elements only: a browser's own controls work with keyboard and screen reader.

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

let faces = 0; // ids must be unique on a page that shows the same widget twice

function render({ model, el: host }) {
  const say = (key, values = {}) => fill(model.get("words")[key] ?? key, values);
  const root = el("div", {
    class: "dg dg-live",
    lang: model.get("language"),
    // Without this JupyterLab keeps arrow keys and letters to itself.
    "data-lm-suppress-shortcuts": "true",
  });
  const notice = el("p", { class: "dg-notice", role: "status", "aria-live": "polite" });
  const showNotice = () => {
    notice.textContent = model.get("notice");
    notice.hidden = !notice.textContent;
  };
  model.on("change:notice", showNotice);
  showNotice();
  host.append(root);
  const done = draw({ model, root, say, uid: `dg${Date.now().toString(36)}-${++faces}` });
  root.append(notice);
  return () => {
    model.off("change:notice", showNotice);
    if (done) done();
  };
}
