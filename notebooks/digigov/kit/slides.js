// A deck moved by the keyboard. What does not fit on a slide goes on to the next one, measured here: only the browser
// knows how tall its letters are. All sizes follow the window, so what fits once fits at any size.
"use strict";

const deck = document.getElementById("deck");

const bodyOf = (slide) => slide.querySelector(".body");
const overflows = (body) => body.scrollHeight > body.clientHeight + 1;
const isHeading = (node) => /^H[1-3]$/.test(node.tagName);

const isList = (node) => ["UL", "OL", "TABLE"].includes(node.tagName);
const isGroup = (node) => ["DIV", "SECTION"].includes(node.tagName);

// Moves the last rows of a list or a table into a copy of it in `to` until `body` fits; false when that does not help.
function splitList(node, to, body) {
  const inner = node.tagName === "TABLE" ? node.tBodies[0] : node;
  if (!inner || inner.children.length < 2) return false;
  const copy = node.cloneNode(false);
  if (inner !== node && node.tHead) copy.append(node.tHead.cloneNode(true));
  const room = inner === node ? copy : inner.cloneNode(false);
  if (inner !== node) copy.append(room);
  while (overflows(body) && inner.children.length > 1) room.prepend(inner.lastElementChild);
  if (overflows(body)) {
    inner.append(...room.children);
    return false;
  }
  if (node.tagName === "OL") copy.start = (node.start || 1) + inner.children.length;
  to.prepend(copy);
  return true;
}

// The same for a group, part by part.
function splitGroup(node, to, body) {
  const copy = node.cloneNode(false);
  if (!move(node, copy, body)) return false;
  to.prepend(copy);
  return true;
}

// Moves what does not fit in `body` from the end of `from` to the front of `to`; says whether anything was moved.
function move(from, to, body) {
  let moved = false;
  while (overflows(body)) {
    const parts = [...from.children].filter((node) => !isHeading(node));
    const last = parts.at(-1);
    if (!last) break;
    if (isList(last) && splitList(last, to, body)) return true;
    // A group is kept together unless it is more than a slide holds.
    const alone = parts.length === 1 || (parts.length === 2 && /^(H[4-6]|P)$/.test(parts[0].tagName));
    if (isGroup(last) && alone && splitGroup(last, to, body)) return true;
    if (parts.length < 2) break;
    to.prepend(last);
    moved = true;
  }
  return moved;
}

function paginate(slide) {
  const head = [...bodyOf(slide).children].find(isHeading);
  for (let page = slide, part = 2; part < 30 && overflows(bodyOf(page)); part += 1) {
    const next = slide.cloneNode(false);
    next.append(slide.querySelector(".running").cloneNode(true), bodyOf(slide).cloneNode(false));
    const moved = move(bodyOf(page), bodyOf(next), bodyOf(page));
    shrink(page);
    if (!moved) break;
    if (head) {
      const again = head.cloneNode(true);
      again.append(` (${deck.dataset.continued}, ${part})`);
      bodyOf(next).prepend(again);
    }
    page.after(next);
    page = next;
  }
}

// One thing taller than a slide: smaller letters rather than a cut line.
function shrink(slide) {
  for (let size = 95; size >= 50 && overflows(bodyOf(slide)); size -= 5) bodyOf(slide).style.fontSize = `${size}%`;
}

// As large as the slide allows: a question of two lines is read from the last row.
function fit(slide) {
  const body = bodyOf(slide);
  for (let size = 130; size >= 100; size -= 5) {
    body.style.fontSize = `${size}%`;
    if (!overflows(body)) return;
  }
  body.style.fontSize = "";
  paginate(slide);
}

deck.querySelectorAll(".slide").forEach(fit);
const slides = [...deck.querySelectorAll(".slide")];
const contents = document.getElementById("contents");
let now = 0;

function show(number) {
  now = Math.max(0, Math.min(slides.length - 1, number));
  slides.forEach((slide, place) => slide.classList.toggle("now", place === now));
  document.getElementById("place").textContent = `${now + 1} ${deck.dataset.place} ${slides.length}`;
  history.replaceState(null, "", `#${now + 1}`);
}

function on() {
  // A question first shows what is right, and then makes room for the next.
  const slide = slides[now];
  if (slide.querySelector(".reveal") && !slide.classList.contains("told")) slide.classList.add("told");
  else show(now + 1);
}

function back() {
  if (slides[now].classList.contains("told")) slides[now].classList.remove("told");
  else show(now - 1);
}

slides.forEach((slide, place) => {
  const heading = slide.querySelector("h1, h2, h3, .stem");
  if (!heading) return;
  const entry = document.createElement("li");
  const button = document.createElement("button");
  const words = heading.textContent.trim();
  const short = words.length > 90 ? `${words.slice(0, 90).replace(/\s+\S*$/, "")}…` : words;
  const mark = slide.classList.contains("used") ? "● " : "";
  button.textContent = `${mark}${place + 1} | ${short}`;
  button.addEventListener("click", () => {
    contents.close();
    show(place);
  });
  entry.append(button);
  contents.querySelector("ol").append(entry);
});

const KEYS = {
  ArrowRight: on, ArrowDown: on, PageDown: on, " ": on, Enter: on,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
  Home: () => show(0),
  End: () => show(slides.length - 1),
  b: () => deck.classList.toggle("dark"),
  ".": () => deck.classList.toggle("dark"),
  o: () => contents.showModal(),
  f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
};
addEventListener("keydown", (event) => {
  if (contents.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("button") && (event.key === "Enter" || event.key === " ")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.getElementById("on").addEventListener("click", on);
document.getElementById("back").addEventListener("click", back);
document.getElementById("contents-button").addEventListener("click", KEYS.o);
addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
show(Number(location.hash.slice(1)) - 1 || 0);
