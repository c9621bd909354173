// A lab: native controls, the picture drawn once, and after each change only its marks and words move.

function draw({ model, root, say, ask, notice, uid }) {
  const lab = new LabFace(model, root, say, ask, notice, uid);
  const update = () => lab.receive(model.get("frame"));
  const csv = (message) => message.csv && lab.download(message.csv, message.file);
  model.on("change:frame", update);
  model.on("msg:custom", csv);
  return () => {
    model.off("change:frame", update);
    model.off("msg:custom", csv);
  };
}

class LabFace {
  constructor(model, root, say, ask, notice, uid) {
    Object.assign(this, { model, say, ask, uid, spec: model.get("spec") });
    this.numbers = new Intl.NumberFormat(model.get("language"), { maximumFractionDigits: 4 });
    this.turn = faces * 1e6; // the latest change sent; two views of one lab must not take each other's for their own
    this.waiting = false; // for its frame
    this.wanted = null; // values turned meanwhile: only the latest matter
    this.before = null; // the frame before the last change, for replay
    this.inputs = {};
    this.groups = []; // by panel: the SVG group of each artist
    const listed = new Set(this.spec.listing?.rows);
    const controls = this.spec.controls.filter(({ name }) => !listed.has(name));
    this.figure = el("div", { class: "dg-panels" }, ...model.get("panels").map((svg, index) => this.panel(svg, index)));
    this.cover = this.coverNode();
    this.sentence = el("p", { class: "dg-sentence", role: "status", "aria-live": "polite" });
    this.verdicts = el("ul", { class: "dg-verdicts", "aria-label": say("predictions") });
    this.table = el("table", { class: "dg-measures" });
    this.code = el("code");
    this.used = el("details", { class: "dg-used" }, el("summary", {}, say("used")), (this.usedRows = el("div")));
    this.figure.append(el("div", { class: "dg-panel", "data-wide": String(this.spec.head.length > 3) }, this.table));
    this.results = el("div", { tabindex: "-1" }, this.sentence, this.figure, this.verdicts);
    const parts = [
      el("h3", {}, this.spec.title),
      el("p", {}, this.spec.reading),
      el("div", { class: "dg-presets", role: "group", "aria-label": say("presets") }, ...this.presetButtons()),
      ...this.front(controls.filter(({ front }) => front)),
      this.assumptions(controls.filter(({ front }) => !front)),
      notice,
      this.cover,
      this.results,
      this.spec.listing ? this.list(this.spec.controls) : null,
      this.used,
      this.tools(),
      this.creditNode(),
    ];
    root.append(...parts.filter((part) => part !== null));
    this.show(model.get("frame"));
  }

  // -- controls

  control(spec) {
    const id = `${this.uid}-${spec.name}`;
    const changed = (value, fresh) => this.turned(spec.name, value, fresh);
    const { node, write } = INPUTS[spec.kind]({ spec, id, numbers: this.numbers, changed });
    this.inputs[spec.name] = write;
    return node;
  }

  turned(name, value, fresh = true) {
    if (fresh) this.remember();
    this.change({ [name]: value });
  }

  // Choices first, since they say what the rest is about; switches stand together.
  front(controls) {
    const some = (kind) => controls.filter((control) => control.kind === kind).map((control) => this.control(control));
    const [choices, switches, ranges] = [[...some("search"), ...some("choice")], some("switch"), some("range")];
    const group = switches.length
      ? el("fieldset", { class: "dg-switches" }, el("legend", {}, this.spec.switches), ...switches)
      : null;
    const rows = (nodes) => (nodes.length ? el("div", { class: "dg-controls" }, ...nodes) : null);
    return [rows(choices), group, rows(ranges)].filter(Boolean);
  }

  list(controls) {
    const byName = Object.fromEntries(controls.map((control) => [control.name, control]));
    const changed = (name, value) => this.turned(name, value);
    this.listing = new Listing({ spec: this.spec.listing, controls: byName, say: this.say, uid: this.uid, changed });
    for (const name of this.spec.listing.rows) this.inputs[name] = (value) => this.listing.write(name, value);
    return this.listing.node;
  }

  assumptions(controls) {
    if (!controls.length) return null;
    const sources = Object.fromEntries(this.spec.controls.map(({ name }, index) => [name, this.spec.sources[index]]));
    const rows = controls.map((control) => {
      const source = el("small", { class: "dg-source" });
      source.innerHTML = sources[control.name];
      return el("div", { class: "dg-assumption" }, this.control(control), source);
    });
    return el("details", { class: "dg-assumptions" }, el("summary", {}, this.say("assumptions")), ...rows);
  }

  presetButtons() {
    return this.spec.presets.map(({ name, label, values }) =>
      this.button(label, () => (values ? this.jump(values) : this.compute(name))),
    );
  }

  button(label, onclick) {
    return el("button", { type: "button", onclick }, label);
  }

  jump(values) {
    this.remember();
    for (const [name, value] of Object.entries(values)) this.inputs[name](value);
    this.change(values);
  }

  // A preset whose values the kernel has to work out first.
  compute(name) {
    this.remember();
    this.wanted = null;
    this.dispatch({ do: "preset", name });
  }

  // -- talking with the kernel: one change under way, the latest one waiting

  change(values) {
    this.wanted = { ...this.wanted, ...values };
    if (!this.waiting) this.dispatch();
  }

  dispatch(message = { do: "set", values: this.wanted }) {
    this.waiting = true;
    this.turn += 1;
    this.ask({ ...message, turn: this.turn });
    this.wanted = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.free(), 3000); // a busy or restarted kernel must not freeze the controls for good
  }

  free() {
    this.waiting = false;
    if (this.wanted) this.dispatch();
  }

  receive(frame) {
    this.show(frame);
    if (frame.turn !== this.turn) return;
    clearTimeout(this.timer);
    this.free();
  }

  remember() {
    this.before = this.model.get("frame");
    this.replayButton.disabled = false;
  }

  // -- the picture

  panel(svg, index) {
    const frame = el("div", { class: "dg-panel", role: "img", "aria-label": this.spec.alts[index], "data-wide": String(this.spec.wide[index]) });
    // Two panels of matplotlib share ids; each gets its own.
    frame.innerHTML = svg
      .replaceAll(/\bid="/g, `id="${this.uid}-${index}-`)
      .replaceAll("url(#", `url(#${this.uid}-${index}-`)
      .replaceAll('href="#', `href="#${this.uid}-${index}-`);
    this.groups[index] = new Map([...frame.querySelectorAll("g[id]")].map((group) => [group.id, group]));
    return frame;
  }

  move(marks) {
    marks.forEach((panel, index) => {
      for (const [name, mark] of Object.entries(panel)) {
        const group = this.groups[index].get(`${this.uid}-${index}-${name}`);
        if (!group) continue;
        group.style.display = mark.hidden ? "none" : "";
        if (mark.d) group.querySelector("path").setAttribute("d", mark.d);
        if (mark.at) place(group, mark.at);
        if (mark.text !== undefined) {
          const text = group.querySelector("text");
          text.removeAttribute("transform");
          text.style.textAnchor = mark.anchor;
          text.setAttribute("x", mark.x);
          text.setAttribute("y", mark.y);
          text.textContent = mark.text;
        }
      }
    });
  }

  show(frame) {
    this.replayed = false;
    if (this.replayButton) this.replayButton.textContent = this.say("replay");
    const uncovering = this.cover.contains(document.activeElement) && !frame.covered;
    this.cover.hidden = !frame.covered;
    this.results.hidden = frame.covered;
    if (uncovering) this.results.focus(); // the button is gone, and the keyboard must stay here
    this.paint(frame);
    // What the learner turned meanwhile must not jump back.
    const behind = this.wanted || (this.waiting && frame.turn !== this.turn);
    if (!behind) for (const [name, value] of Object.entries(frame.values)) this.inputs[name](value);
    this.listing?.settle();
    this.code.textContent = frame.code;
    this.used.hidden = !frame.used || frame.covered;
    if (this.usedRows.innerHTML !== frame.used) this.usedRows.innerHTML = frame.used;
    this.verdicts.hidden = !frame.verdicts.length;
    this.verdicts.replaceChildren(
      ...frame.verdicts.map(([verdict, about, why]) => el("li", {}, el("strong", {}, verdict), ` ${about} `, why)),
    );
  }

  paint(frame) {
    this.move(frame.marks);
    this.sentence.textContent = frame.sentence;
    if (this.listing) this.listing.brief.textContent = frame.brief;
    const row = (cells, tag) =>
      el("tr", {}, ...cells.map((cell, index) => el(index === 0 || tag === "th" ? "th" : "td", { scope: index === 0 && tag !== "th" ? "row" : tag === "th" ? "col" : null }, cell)));
    this.table.replaceChildren(
      el("caption", {}, this.say("measures")),
      el("thead", {}, row(this.spec.head, "th")),
      el("tbody", {}, ...frame.rows.map((cells) => row(cells, "td"))),
    );
  }

  replay() {
    if (!this.before) return;
    this.replayed = !this.replayed;
    this.paint(this.replayed ? this.before : this.model.get("frame"));
    this.replayButton.textContent = this.say(this.replayed ? "replay.after" : "replay.before");
  }

  // -- the rest

  coverNode() {
    return el(
      "div",
      { class: "dg-cover" },
      el("p", {}, this.say("covered")),
      this.button(this.say("uncover"), () => this.ask({ do: "uncover" })),
    );
  }

  tools() {
    this.replayButton = this.button(this.say("replay"), () => this.replay());
    this.replayButton.disabled = true;
    const copy = this.button(this.say("copy"), async () => {
      try {
        await navigator.clipboard.writeText(this.code.textContent);
        copy.textContent = this.say("copied");
      } catch {
        getSelection().selectAllChildren(this.code); // no clipboard on a plain-http classroom server
      }
    });
    return el(
      "div",
      { class: "dg-tools" },
      this.button(this.say("reset"), () => this.jump(this.spec.defaults)),
      this.replayButton,
      this.button(this.say("csv"), () => this.ask({ do: "csv" })),
      el("span", { class: "dg-code" }, this.say("code"), " ", this.code, copy),
    );
  }

  creditNode() {
    if (!this.spec.credit) return null;
    const words = el("p", { class: "dg-credit" });
    const { credit, credits } = this.spec;
    words.innerHTML = credits > 4 ? credit : `${this.say("credit")}: ${credit}`;
    if (credits <= 4) return words;
    return el("details", { class: "dg-credit" }, el("summary", {}, `${this.say("credit")} (${credits})`), words);
  }

  download(text, file) {
    saveFile({ text, file, type: "text/csv" });
  }
}

function place(group, points) {
  const marks = [...group.querySelectorAll("use")];
  while (marks.length < points.length) {
    const copy = marks[0].cloneNode();
    marks[0].parentNode.append(copy);
    marks.push(copy);
  }
  while (marks.length > Math.max(points.length, 1)) marks.pop().remove();
  points.forEach(([x, y], index) => {
    marks[index].setAttribute("x", x);
    marks[index].setAttribute("y", y);
  });
}
