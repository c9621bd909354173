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

// Give the learner a file that the kernel has made.
function saveFile({ text, file, type }) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: file });
  link.click();
  URL.revokeObjectURL(link.href);
}

// A button that asks twice, in place: a browser's own dialog would block the whole page.
function askingTwice(label, sure, action) {
  let asked = false;
  const show = (next) => {
    asked = next;
    button.textContent = asked ? sure : label;
  };
  const button = el("button", {
    type: "button",
    onclick: () => {
      if (asked) action();
      show(!asked);
    },
    onblur: () => show(false),
  });
  show(false);
  return button;
}

// Two drawings of matplotlib share ids; each gets its own, so that one does not borrow from the other.
function ownIds(svg, prefix) {
  return svg
    .replaceAll(/\bid="/g, `id="${prefix}`)
    .replaceAll("url(#", `url(#${prefix}`)
    .replaceAll('href="#', `href="#${prefix}`);
}

// Large type for a projector: as the course was started, until somebody chooses otherwise in a page. The choice is kept in
// the browser, so that every notebook follows it at once, and only until the course is started again.
const PROJECTOR = "digigov-projector";

function isLarge(started) {
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem(PROJECTOR));
  } catch {
    // A browser may keep nothing: then it is as the course was started.
  }
  return chosen && chosen.start === started.start ? chosen.on : started.on;
}

function showType(started) {
  document.body.classList.toggle("dg-projector", isLarge(started));
  document.body.classList.toggle("dg-usual", !isLarge(started)); // also where the course was started in large type
}

let faces = 0; // ids must be unique on a page that shows the same widget twice

function render({ model, el: host }) {
  const say = (key, values = {}) => fill(model.get("words")[key] ?? key, values);
  const root = el("div", { class: "dg dg-live", lang: model.get("language") });
  // JupyterLab listens to the whole page: arrow keys change the cell, "d d" deletes it, Enter ends no line and sends no
  // answer. What is pressed in here goes to the browser alone; only saving is left to JupyterLab.
  const keep = (event) => {
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (root.contains(event.target) && !saves) event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", keep, true);
  const notice = el("p", { class: "dg-notice", role: "status", "aria-live": "polite" });
  const showNotice = (words) => {
    notice.textContent = words;
    notice.hidden = !words;
  };
  const told = () => showNotice(model.get("notice"));
  // A page that was saved and opened again looks alive, but nobody listens until its cells are run.
  let silence;
  const ask = (message) => {
    model.send(message);
    clearTimeout(silence);
    silence = setTimeout(() => showNotice(say("silent")), 5000);
  };
  const heard = (message) => {
    if (!message.heard) return;
    clearTimeout(silence);
    told();
  };
  const retype = () => showType(model.get("projector"));
  window.addEventListener("storage", retype); // chosen in another page
  retype();
  model.on("change:notice", told);
  model.on("msg:custom", heard);
  told();
  host.append(root);
  // A tall widget places the notice where the eyes are; the others have it at their end.
  const done = draw({ model, root, say, ask, notice, uid: `dg${Date.now().toString(36)}-${++faces}` });
  if (!root.contains(notice)) root.append(notice);
  return () => {
    clearTimeout(silence);
    window.removeEventListener("keydown", keep, true);
    window.removeEventListener("storage", retype);
    model.off("change:notice", told);
    model.off("msg:custom", heard);
    if (done) done();
  };
}
