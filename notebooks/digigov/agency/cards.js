// The sixteen cards, one in view at a time: four described levels as native radio buttons, and room for evidence.

class Cards {
  // `level(item, level)` and `evidence(item, text)` are told of every change; `say` as in face.js.
  constructor({ haves, say, uid, level, evidence }) {
    Object.assign(this, { say, uid, level, evidence, timers: {} });
    this.asked = haves.flatMap(({ indicators }) => indicators);
    this.cards = Object.fromEntries(this.asked.map((one, place) => [one.id, this.card(one, place)]));
    this.steps = {};
    const rows = haves.map(({ title, indicators }) =>
      el("div", { class: "dg-steps", role: "group", "aria-label": title }, el("span", {}, title), ...indicators.map((one) => this.step(one))),
    );
    this.node = el("div", {}, el("nav", { "aria-label": say("steps") }, ...rows), ...this.asked.map(({ id }) => this.cards[id].node));
    this.go(this.asked[0].id, false);
  }

  step(one) {
    const button = el("button", { type: "button", onclick: () => this.go(one.id, true) });
    this.steps[one.id] = { button, one };
    return button;
  }

  card(one, place) {
    const id = `${this.uid}-${one.id}`;
    const radios = one.levels.map((_, index) =>
      el("input", { type: "radio", name: `${id}-level`, id: `${id}-${index}`, value: String(index + 1), onchange: () => this.level(one.id, index + 1) }),
    );
    const rows = one.levels.map((words, index) =>
      el("label", { class: "dg-choice", for: `${id}-${index}` }, radios[index], el("span", {}, el("strong", {}, `${this.say("level", { level: index + 1 })}. `), words)),
    );
    const clear = el("button", { type: "button", onclick: () => this.unmark(one.id) }, this.say("unmark"));
    const box = el("textarea", { rows: 3, id: `${id}-evidence`, "aria-describedby": `${id}-hint`, maxlength: "4000" });
    // What is typed is kept while it is typed: nobody presses a button for it.
    const send = () => {
      clearTimeout(this.timers[one.id]);
      delete this.timers[one.id];
      this.evidence(one.id, box.value);
    };
    box.addEventListener("input", () => {
      clearTimeout(this.timers[one.id]);
      this.timers[one.id] = setTimeout(send, 500);
    });
    box.addEventListener("blur", () => this.timers[one.id] && send());
    const framework = el("details", {}, el("summary", {}, this.say("framework")), el("div"));
    framework.lastChild.innerHTML = one.framework;
    const heading = el("h4", { tabindex: "-1" }, one.title);
    const turn = (by, key) => {
      const other = this.asked[place + by];
      return other && el("button", { type: "button", class: by > 0 ? "dg-main" : null, onclick: () => this.go(other.id, true) }, `${this.say(key)}: ${other.title}`);
    };
    const node = el(
      "section",
      { class: "dg-indicator", "data-indicator": one.id, "aria-label": one.title },
      heading,
      el("fieldset", {}, el("legend", {}, one.question), ...rows),
      el("p", {}, clear),
      el("label", { for: box.id }, this.say("evidence")),
      el("p", { class: "dg-hint", id: `${id}-hint` }, one.evidence),
      box,
      framework,
      el("div", { class: "dg-actions" }, turn(-1, "previous"), turn(1, "next")),
    );
    return { node, heading, radios, box, clear };
  }

  unmark(id) {
    this.cards[id].radios.forEach((radio) => (radio.checked = false));
    this.cards[id].radios[0].focus();
    this.level(id, null);
  }

  go(id, focus) {
    this.shown = id;
    for (const [name, { node }] of Object.entries(this.cards)) node.hidden = name !== id;
    for (const [name, { button }] of Object.entries(this.steps)) {
      if (name === id) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    if (focus) this.cards[id].heading.focus();
  }

  // Show what is kept. `entries` holds level and evidence by indicator; words being typed stay as they are.
  write(entries) {
    for (const { id } of this.asked) {
      const { radios, box, clear } = this.cards[id];
      const { level = null, evidence = "" } = entries[id] ?? {};
      radios.forEach((radio) => (radio.checked = Number(radio.value) === level));
      clear.hidden = level === null;
      if (!this.timers[id] && box.value !== evidence && box !== document.activeElement) box.value = evidence;
    }
    this.tell(entries);
  }

  tell(entries) {
    for (const [id, { button, one }] of Object.entries(this.steps)) {
      const { level = null, evidence = "" } = entries[id] ?? {};
      const proven = Boolean(evidence.trim());
      button.textContent = `${one.number} · ${level ?? "–"}${proven ? " ✓" : ""}`;
      const state = level === null ? this.say("no_level") : this.say("level", { level });
      button.setAttribute("aria-label", `${one.title}: ${state}${proven ? `, ${this.say("has_evidence")}` : ""}`);
    }
  }

  // Another round is opened: what is half typed belongs to the one before and has been sent.
  settle() {
    for (const id of Object.keys(this.timers)) {
      clearTimeout(this.timers[id]);
      delete this.timers[id];
      this.evidence(id, this.cards[id].box.value);
    }
    document.activeElement?.blur?.();
  }
}
