// A quiz: one form a question. What is right is not here; it comes from the kernel once an answer is given.

function draw({ model, root, say, ask, notice, uid }) {
  root.append(el("h3", {}, model.get("title")), notice);
  const tell = (message, card) => {
    card.append(notice); // what is told is told where the learner is
    ask(message);
  };
  const cards = model.get("questions").map((question, index) => new Card(model, question, index + 1, say, tell, uid));
  const total = el("p", { class: "dg-total", role: "status" });
  root.append(...cards.map((card) => card.node), total);
  const update = () => {
    cards.forEach((card) => card.update());
    const marks = Object.values(model.get("marks"));
    const scored = marks.filter((mark) => mark.score !== null);
    const right = scored.filter((mark) => mark.right).length;
    total.textContent = say(scored.length ? "total" : "kept_total", { answered: marks.length, all: cards.length, right });
  };
  const names = "change:marks change:hints change:asks";
  model.on(names, update);
  update();
  return () => model.off(names, update);
}

class Card {
  constructor(model, question, number, say, ask, uid) {
    Object.assign(this, { model, question, say, ask });
    this.uid = `${uid}-${number}`;
    this.shown = undefined; // the mark that is on screen, so that an update elsewhere does not redraw this card
    this.field = FIELDS[question.kind](this);
    this.answer = el("button", { type: "submit", class: "dg-main" });
    this.hintButton = el("button", { type: "button", onclick: () => this.send({ do: "hint" }) }, say("hint"));
    this.compare = el("button", { type: "button", onclick: () => this.send({ do: "compare" }) }, say("compare"));
    this.hint = el("p", { class: "dg-hint", role: "status", "aria-live": "polite", tabindex: "-1" });
    this.feedback = el("div", { class: "dg-feedback", role: "status", "aria-live": "polite" });
    this.fieldset = el(
      "fieldset",
      {},
      el("legend", { id: `${this.uid}-stem` }, el("span", { class: "dg-number" }, `${number}. `), question.stem),
      this.field.node,
    );
    this.node = el(
      "form",
      { class: "dg-card", "data-item": question.id, onsubmit: (event) => this.submit(event) },
      this.fieldset,
      el("div", { class: "dg-actions" }, this.answer, this.compare, this.hintButton),
      this.hint,
      this.feedback,
    );
  }

  send(message) {
    this.ask({ ...message, item: this.question.id }, this.node);
  }

  submit(event) {
    event.preventDefault();
    if (this.mark) this.send({ do: "again" });
    else this.send({ do: "answer", given: this.field.read() });
  }

  update() {
    this.mark = this.model.get("marks")[this.question.id];
    const ask = this.model.get("asks")[this.question.id] ?? "";
    const hint = this.model.get("hints")[this.question.id] ?? "";
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    this.hint.hidden = !hint;
    const asked = this.hintButton === document.activeElement;
    this.hintButton.hidden = Boolean(hint || this.mark);
    if (asked && hint) this.hint.focus(); // the keyboard stays in the card when what it was on goes away
    const key = JSON.stringify([this.mark, ask]);
    if (key === this.shown) return;
    this.shown = key;
    this.answer.textContent = this.say(this.mark ? "again" : this.question.kind === "predict" ? "predict" : "answer");
    const inside = this.fieldset.contains(document.activeElement) || this.compare === document.activeElement;
    this.compare.hidden = !this.mark?.held;
    this.compare.classList.toggle("dg-main", !this.compare.hidden);
    this.answer.classList.toggle("dg-main", this.compare.hidden);
    if (this.mark) this.field.write(this.mark.given);
    this.fieldset.querySelectorAll("input, select, textarea, button").forEach((input) => {
      input.disabled = Boolean(this.mark);
    });
    if (inside && this.mark) this.answer.focus();
    this.node.dataset.state = this.mark ? stateOf(this.mark) : "open";
    this.feedback.replaceChildren(...(this.mark ? this.reasons() : ask ? [el("p", { class: "dg-ask" }, ask)] : []));
  }

  reasons() {
    const note = ({ about, right, words }) =>
      el(
        "li",
        { "data-right": String(right) },
        right === null ? "" : el("span", { class: "dg-sign" }, `${this.say(right ? "sign.right" : "sign.wrong")} `),
        el("strong", {}, about),
        " ",
        words,
      );
    return [el("p", { class: "dg-verdict" }, this.mark.verdict), el("ul", {}, ...this.mark.notes.map(note))];
  }
}

function stateOf({ right, score }) {
  if (right === null) return "kept";
  if (right) return "right";
  return score > 0 ? "partly" : "wrong";
}

// One field a kind: a node, `read` for what the learner has entered, `write` to show an answer given before.

function choices(card, options, type) {
  const inputs = options.map(({ id, text }, index) =>
    el("input", { type, name: `${card.uid}-choice`, value: id, id: `${card.uid}-${index}` }),
  );
  const rows = options.map(({ text }, index) =>
    el("label", { class: "dg-choice", for: `${card.uid}-${index}` }, inputs[index], el("span", {}, text)),
  );
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    node: el("div", { class: "dg-choices" }, ...rows),
    read: () => (type === "radio" ? (chosen()[0] ?? null) : chosen()),
    write: (given) => inputs.forEach((input) => (input.checked = [given].flat().map(String).includes(input.value))),
  };
}

function trueFalse(card) {
  const field = choices(card, ["true", "false"].map((id) => ({ id, text: card.say(id) })), "radio");
  return { ...field, read: () => ({ true: true, false: false })[field.read()] ?? null };
}

function numberField(card) {
  const id = `${card.uid}-number`;
  const input = el("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", size: 12 });
  const label = el("label", { for: id }, card.say("number"));
  return {
    node: el("div", { class: "dg-number-field" }, label, input, el("span", {}, card.question.unit)),
    read: () => input.value.trim(),
    write: (given) => (input.value = typeof given === "number" ? given.toLocaleString(card.model.get("language")) : given),
  };
}

function predictField(card) {
  const [low, high, step] = card.question.range;
  const field = numberField(card);
  const input = field.node.querySelector("input");
  const slider = el("input", {
    type: "range",
    min: String(low),
    max: String(high),
    step: String(step),
    "aria-labelledby": `${card.uid}-stem`,
    oninput: () => (input.value = slider.valueAsNumber.toLocaleString(card.model.get("language"))),
  });
  slider.value = String((low + high) / 2); // at an end it would be a hint
  field.node.append(slider);
  const write = (given) => {
    field.write(given);
    if (typeof given === "number") slider.value = String(given);
  };
  return { ...field, write };
}

// Words with one or more selects beside them; under them where there is no room.
function row(words, ...fields) {
  return el("div", { class: "dg-row" }, el("span", {}, words), ...fields);
}

function select(card, label, options) {
  const choices = options.map(({ id, text }) => el("option", { value: id }, text));
  return el("select", { "aria-label": label }, el("option", { value: "" }, card.say("choose")), ...choices);
}

function sortField(card) {
  const { rows, axes } = card.question;
  const selects = {};
  const field = (row, axis) => {
    const node = select(card, `${axis.title}: ${row.text}`, axis.categories);
    selects[row.id] = { ...selects[row.id], [axis.id]: node };
    return axes.length > 1 ? el("label", {}, axis.title, node) : node;
  };
  const each = (visit) =>
    Object.fromEntries(
      Object.entries(selects).map(([row, byAxis]) => [
        row,
        Object.fromEntries(Object.entries(byAxis).map(([axis, node]) => [axis, visit(node, row, axis)])),
      ]),
    );
  return {
    node: el("div", {}, ...rows.map((one) => row(one.text, ...axes.map((axis) => field(one, axis))))),
    read: () => each((node) => node.value),
    write: (given) => each((node, row, axis) => (node.value = given[row]?.[axis] ?? "")),
  };
}

function orderField(card) {
  const list = el("ol", { class: "dg-order" });
  const byId = Object.fromEntries(card.question.steps.map(({ id, text }) => [id, text]));
  const move = (id, by) => {
    const ids = read();
    const at = ids.indexOf(id);
    const to = at + by;
    if (to < 0 || to >= ids.length) return;
    ids.splice(to, 0, ...ids.splice(at, 1));
    write(ids);
    list.querySelector(`[data-id="${id}"] [data-by="${by}"]`).focus();
  };
  const button = (id, by, key) =>
    el(
      "button",
      { type: "button", "data-by": String(by), "aria-label": `${card.say(key)}: ${byId[id]}`, onclick: () => move(id, by) },
      by < 0 ? "↑" : "↓",
    );
  const write = (ids) =>
    list.replaceChildren(
      ...ids.map((id) => el("li", { "data-id": id }, button(id, -1, "up"), button(id, 1, "down"), el("span", {}, byId[id]))),
    );
  const read = () => [...list.children].map((row) => row.dataset.id);
  write(card.question.steps.map(({ id }) => id));
  return { node: list, read, write };
}

function matchField(card) {
  const { left, right } = card.question;
  const selects = Object.fromEntries(left.map(({ id, text }) => [id, select(card, text, right)]));
  const each = (visit) => Object.fromEntries(Object.entries(selects).map(([id, node]) => [id, visit(node, id)]));
  return {
    node: el("div", {}, ...left.map(({ id, text }) => row(text, selects[id]))),
    read: () => each((node) => node.value),
    write: (given) => each((node, id) => (node.value = given[id] ?? "")),
  };
}

function textField(card) {
  const area = el("textarea", { rows: 3, "aria-labelledby": `${card.uid}-stem` });
  return { node: area, read: () => area.value.trim(), write: (given) => (area.value = given) };
}

const FIELDS = {
  single: (card) => choices(card, card.question.options, "radio"),
  several: (card) => choices(card, card.question.options, "checkbox"),
  true_false: trueFalse,
  number: numberField,
  predict: predictField,
  sort: sortField,
  order: orderField,
  match: matchField,
  text: textField,
  opinion: (card) => (card.question.options ? choices(card, card.question.options, "radio") : textField(card)),
};
