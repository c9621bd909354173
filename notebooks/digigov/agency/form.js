// The self-assessment: who is assessed, the cards, what they add up to, the moves, two rounds compared, the report.

function draw({ model, root, say, ask, notice, uid }) {
  const form = new Form(model, root, say, ask, notice, uid);
  const update = () => form.receive(model.get("state"));
  const received = (message) => {
    if (message.heard) form.heard();
    if (message.text !== undefined) saveFile(message);
  };
  model.on("change:state", update);
  model.on("msg:custom", received);
  return () => {
    form.cards.settle();
    model.off("change:state", update);
    model.off("msg:custom", received);
  };
}

class Form {
  constructor(model, root, say, ask, notice, uid) {
    Object.assign(this, { model, say, askKernel: ask, uid, spec: model.get("spec") });
    this.turn = faces * 1e6; // the latest change sent; two views of one widget must not take each other's for their own
    this.pending = 0; // changes of which the kernel has not been heard
    this.cards = new Cards({
      haves: this.spec.haves,
      say,
      uid,
      level: (item, level) => this.ask({ do: "level", item, level }),
      evidence: (item, text) => this.ask({ do: "evidence", item, text }),
    });
    this.moves = new Moves({ moves: this.spec.moves, say, uid, pick: (move, picked) => this.ask({ do: "move", move, picked }) });
    this.panels = this.spec.panels.map((svg, index) => this.panel(svg, index));
    this.sentence = el("p", { class: "dg-sentence", role: "status", "aria-live": "polite" });
    this.saved = el("span", { class: "dg-saved", role: "status", "aria-live": "polite" });
    [this.overview, this.weakness, this.comparison] = [el("div"), el("div"), el("div")];
    const part = (key, ...nodes) => el("section", { class: "dg-stage", "aria-label": say(key) }, el("h4", {}, say(key)), ...nodes);
    root.append(
      el("h3", {}, say("title")),
      el("p", {}, say("about")),
      el("p", { class: "dg-credit" }, say("scale_note")),
      this.who(),
      notice,
      part("part.mark", this.cards.node),
      part("part.results", this.sentence, this.panels[0].node, this.overview),
      part("part.weakest", this.weakness),
      part("part.moves", el("p", {}, say("moves.about")), this.moves.node),
      part("part.compare", this.compare(), this.panels[1].node, this.comparison),
      part("part.report", this.report()),
    );
    this.show(model.get("state"), true);
  }

  ask(message) {
    this.turn += 1;
    this.pending += 1;
    this.saved.textContent = "";
    this.askKernel({ ...message, turn: this.turn });
  }

  // -- whose assessment

  who() {
    const { say, uid } = this;
    this.rounds = el("select", { id: `${uid}-round`, onchange: () => this.leave({ do: "open", begun: this.rounds.value }) });
    this.name = el("input", { type: "text", id: `${uid}-name`, maxlength: String(this.spec.longest), autocomplete: "off" });
    let typing;
    const send = () => {
      clearTimeout(typing);
      typing = undefined;
      if (this.name.value.trim() !== this.model.get("state").agency) this.ask({ do: "name", text: this.name.value });
    };
    this.name.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(send, 600);
    });
    this.name.addEventListener("blur", send);
    this.named = send;
    const button = (key, action) => el("button", { type: "button", onclick: action }, say(key));
    this.again = button("again", () => this.leave({ do: "again" }));
    this.forget = askingTwice(say("forget"), say("sure"), () => this.leave({ do: "forget" }));
    this.roundRow = el("div", { class: "dg-who" }, el("label", { for: this.rounds.id }, say("open")), this.rounds);
    return el(
      "div",
      {},
      this.roundRow,
      el("div", { class: "dg-who" }, el("label", { for: this.name.id }, say("agency")), this.name),
      el("div", { class: "dg-actions" }, button("another", () => this.leave({ do: "another" })), this.again, this.forget, this.saved),
    );
  }

  // To another round: what is half typed is sent first, for the one that it belongs to.
  leave(message) {
    this.named();
    this.cards.settle();
    this.ask(message);
  }

  // -- the radars, drawn once; a change moves only their outlines

  panel(svg, index) {
    const node = el("div", { class: "dg-panel", role: "img", "aria-label": this.spec.alts[index], "data-wide": "true" });
    const own = `${this.uid}-${index}-`;
    node.innerHTML = ownIds(svg, own);
    const groups = new Map([...node.querySelectorAll("g[id]")].map((group) => [group.id.slice(own.length), group]));
    return { node, groups };
  }

  move({ groups }, marks) {
    for (const [name, mark] of Object.entries(marks)) {
      const group = groups.get(name);
      group.style.display = mark.hidden ? "none" : "";
      if (mark.d) group.querySelector("path").setAttribute("d", mark.d);
      const points = [...group.querySelectorAll("use")];
      mark.at?.forEach(([x, y], place) => {
        if (place >= points.length) points.push(points[0].parentNode.appendChild(points[0].cloneNode()));
        points[place].setAttribute("x", x);
        points[place].setAttribute("y", y);
      });
    }
  }

  // -- comparing, and the files

  compare() {
    this.before = el("select", { id: `${this.uid}-before`, onchange: () => this.ask({ do: "compare", begun: this.before.value }) });
    this.single = el("p", {}, this.say("compare.none"));
    this.compareRow = el("div", { class: "dg-who" }, el("label", { for: this.before.id }, this.say("compare.with")), this.before);
    return el("div", {}, this.single, this.compareRow);
  }

  report() {
    const { say, uid } = this;
    const options = this.spec.languages.map(({ code, label }) => el("option", { value: code, selected: code === this.spec.language }, label));
    const language = el("select", { id: `${uid}-language` }, ...options);
    const button = (form, key) => el("button", { type: "button", onclick: () => this.leave({ do: "report", form, language: language.value }) }, say(key));
    return el(
      "div",
      {},
      el("div", { class: "dg-who" }, el("label", { for: language.id }, say("report.language")), language),
      el("div", { class: "dg-actions" }, button("html", "report.html"), button("md", "report.md")),
      el("p", {}, say("report.print")),
      el("div", { class: "dg-actions" }, button("json", "report.json")),
      el("p", {}, say("report.class")),
    );
  }

  // -- what comes back

  heard() {
    this.pending = Math.max(this.pending - 1, 0);
    this.saved.textContent = this.model.get("state").kept && !this.model.get("notice") ? `✓ ${this.say("saved")}` : "";
  }

  receive(state) {
    this.show(state, state.turn === this.turn || !this.pending || state.open !== this.open);
  }

  // What the learner has changed meanwhile must not jump back: only the answer to the latest change writes the fields.
  show(state, settled) {
    this.open = state.open;
    if (settled) {
      this.cards.write(state.entries);
      this.moves.write(state.reasons, state.moves);
      if (this.name !== document.activeElement) this.name.value = state.agency;
    }
    const option = (chosen) => ({ begun, label }) => el("option", { value: begun, selected: begun === chosen }, label);
    this.roundRow.hidden = state.rounds.length < 1;
    const fresh = state.kept ? [] : [el("option", { value: state.open, selected: true }, this.say("fresh"))];
    this.fill(this.rounds, [...fresh, ...state.rounds.map(option(state.open))]);
    this.again.disabled = !state.kept;
    this.forget.disabled = !state.kept;
    this.single.hidden = state.others.length > 0;
    this.compareRow.hidden = !state.others.length;
    this.fill(this.before, [el("option", { value: "" }, this.say("compare.nothing")), ...state.others.map(option(state.before))]);
    this.sentence.textContent = state.sentence;
    for (const name of ["overview", "weakness", "comparison"]) {
      if (this[name].innerHTML !== state[name]) this[name].innerHTML = state[name];
    }
    this.panels[1].node.hidden = !state.before;
    state.marks.forEach((marks, index) => this.move(this.panels[index], marks));
  }

  // New options only where they differ, so that an open list does not close.
  fill(select, options) {
    const key = JSON.stringify(options.map(({ value, textContent, selected }) => [value, textContent, selected]));
    if (select.dataset.key === key) return;
    select.dataset.key = key;
    select.replaceChildren(...options);
  }
}
