// One question as a form. What is right is not here; it comes from the kernel once an answer is given.

// Cards with the line that counts them; `update` shows what the kernel has told since.
function deck({ model, say, ask, notice, uid }) {
  const tell = (message, card) => {
    card.append(notice); // what is told is told where the learner is
    ask(message);
  };
  const cards = model.get("questions").map((question, index) => new Card(model, question, index + 1, say, tell, uid));
  const total = el("p", { class: "dg-total", role: "status" });
  const update = () => {
    cards.forEach((card) => card.update());
    const marks = Object.values(model.get("marks"));
    const scored = marks.filter((mark) => mark.score !== null);
    const right = scored.filter((mark) => mark.right).length;
    total.textContent = say(scored.length ? "total" : "kept_total", { answered: marks.length, all: cards.length, right });
  };
  return { nodes: [...cards.map((card) => card.node), total], update };
}

const TOLD = "change:marks change:hints change:asks";

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
    this.sure = question.confidence ? sureness(this) : { read: () => undefined, write: () => {} };
    this.fieldset = el(
      "fieldset",
      {},
      el("legend", { id: `${this.uid}-stem` }, el("span", { class: "dg-number" }, `${number}. `), question.stem),
      this.field.node,
      this.sure.node,
    );
    this.node = el(
      "form",
      { class: "dg-card", "data-item": question.id, onsubmit: (event) => this.submit(event) },
      question.origin && this.origin(question.origin),
      this.fieldset,
      el("div", { class: "dg-actions" }, this.answer, this.compare, this.hintButton),
      this.hint,
      this.feedback,
    );
  }

  // Where a question comes from, when it is asked outside its notebook.
  origin({ title, href, note }) {
    const name = href ? el("a", { href, target: "_blank", rel: "noopener" }, title) : title;
    return el("p", { class: "dg-origin" }, name, note && ` · ${note}`);
  }

  send(message) {
    this.ask({ ...message, item: this.question.id }, this.node);
  }

  submit(event) {
    event.preventDefault();
    if (this.mark) this.send({ do: "again" });
    else this.send({ do: "answer", given: this.field.read(), confidence: this.sure.read() });
  }

  update() {
    this.mark = this.model.get("marks")[this.question.id];
    const ask = this.model.get("asks")[this.question.id] ?? "";
    const hint = this.model.get("hints")[this.question.id] ?? "";
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    this.hint.hidden = !hint;
    const asked = this.hintButton === document.activeElement;
    const closed = this.model.get("closed");
    this.hintButton.hidden = Boolean(hint || this.mark || closed || !this.model.get("hinting"));
    if (asked && hint) this.hint.focus(); // the keyboard stays in the card when what it was on goes away
    const key = JSON.stringify([this.mark, ask, closed]);
    if (key === this.shown) return;
    this.shown = key;
    this.answer.textContent = this.say(this.mark ? "again" : this.question.kind === "predict" ? "predict" : "answer");
    const inside = this.fieldset.contains(document.activeElement) || this.compare === document.activeElement;
    this.compare.hidden = !this.mark?.held;
    this.compare.classList.toggle("dg-main", !this.compare.hidden);
    this.answer.classList.toggle("dg-main", !this.mark);
    this.answer.hidden = closed;
    if (this.mark) {
      this.field.write(this.mark.given);
      this.sure.write(this.mark.confidence);
    }
    this.fieldset.querySelectorAll("input, select, textarea, button").forEach((input) => {
      input.disabled = Boolean(this.mark || closed);
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
    return [
      el("p", { class: "dg-verdict" }, this.mark.verdict),
      el("ul", {}, ...this.mark.notes.map(note)),
      this.mark.later ? el("p", {}, this.mark.later) : "",
    ];
  }
}

function stateOf({ right, score }) {
  if (right === null) return "kept";
  if (right) return "right";
  return score > 0 ? "partly" : "wrong";
}

const SURENESS = ["sure.guess", "sure.fairly", "sure.very"]; // 1, 2, 3

// How sure the learner is, asked before the verdict; nobody has to say it.
function sureness(card) {
  const inputs = SURENESS.map((_, index) =>
    el("input", { type: "radio", name: `${card.uid}-sure`, value: String(index + 1), id: `${card.uid}-sure-${index}` }),
  );
  const ticks = inputs.map((input, index) =>
    el("label", { class: "dg-tick", for: input.id }, input, el("span", {}, card.say(SURENESS[index]))),
  );
  return {
    node: el("fieldset", { class: "dg-sure" }, el("legend", {}, card.say("sure")), ...ticks),
    read: () => Number(inputs.find((input) => input.checked)?.value) || null,
    write: (level) => inputs.forEach((input) => (input.checked = Number(input.value) === level)),
  };
}
