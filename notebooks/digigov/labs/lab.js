// A lab: native controls, the picture drawn once, and after each change only its marks and words move.

function draw({ model, root, say, ask, uid }) {
  const lab = new LabFace(model, root, say, ask, uid);
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
  constructor(model, root, say, ask, uid) {
    Object.assign(this, { model, say, ask, uid, spec: model.get("spec") });
    this.numbers = new Intl.NumberFormat(model.get("language"), { maximumFractionDigits: 3 });
    this.turn = faces * 1e6; // the latest change sent; two views of one lab must not take each other's for their own
    this.waiting = false; // for its frame
    this.wanted = null; // values turned meanwhile: only the latest matter
    this.before = null; // the frame before the last change, for replay
    this.inputs = {};
    this.groups = []; // by panel: the SVG group of each artist
    const { controls } = this.spec;
    this.figure = el("div", { class: "dg-panels" }, ...model.get("panels").map((svg, index) => this.panel(svg, index)));
    this.cover = this.coverNode();
    this.sentence = el("p", { class: "dg-sentence", role: "status", "aria-live": "polite" });
    this.verdicts = el("ul", { class: "dg-verdicts", "aria-label": say("predictions") });
    this.table = el("table", { class: "dg-measures" });
    this.code = el("code");
    this.figure.append(el("div", { class: "dg-panel" }, this.table));
    this.results = el("div", { tabindex: "-1" }, this.sentence, this.figure, this.verdicts);
    root.append(
      el("h3", {}, this.spec.title),
      el("p", {}, this.spec.reading),
      el("div", { class: "dg-presets", role: "group", "aria-label": say("presets") }, ...this.presetButtons()),
      el("div", { class: "dg-controls" }, ...controls.filter(({ front }) => front).map((control) => this.control(control))),
      this.assumptions(controls.filter(({ front }) => !front)),
      this.cover,
      this.results,
      this.tools(),
      this.creditNode(),
    );
    this.show(model.get("frame"));
  }

  // -- controls

  control(spec) {
    const id = `${this.uid}-${spec.name}`;
    const stops = spec.stops.length ? spec.stops : null;
    const output = el("output", { for: id });
    const input = el("input", {
      type: "range",
      id,
      min: stops ? "0" : String(spec.minimum),
      max: stops ? String(stops.length - 1) : String(spec.maximum),
      step: stops ? "1" : String(spec.step),
    });
    const value = () => (stops ? stops[input.valueAsNumber] : input.valueAsNumber);
    const words = (number) => {
      const shown = this.numbers.format(number * spec.scale);
      const unit = shown === "1" ? spec.unit_one : spec.unit;
      return `${shown}${unit.startsWith("%") ? "" : " "}${unit}`.trim();
    };
    const write = (number) => {
      input.value = String(stops ? nearest(stops, number) : number);
      output.textContent = words(number);
      input.setAttribute("aria-valuetext", output.textContent);
    };
    // Replay compares with what stood before the gesture: a whole drag, or a key held down.
    let gesture = true;
    for (const end of ["pointerup", "keyup"]) input.addEventListener(end, () => (gesture = true));
    input.addEventListener("input", () => {
      if (gesture) this.remember();
      gesture = false;
      const number = value();
      write(number);
      this.change({ [spec.name]: number });
    });
    this.inputs[spec.name] = { write, input };
    return el("div", { class: "dg-control" }, el("label", { for: id }, spec.label), input, output);
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
    return this.spec.presets.map(({ label, values }) => this.button(label, () => this.jump(values)));
  }

  button(label, onclick) {
    return el("button", { type: "button", onclick }, label);
  }

  jump(values) {
    this.remember();
    for (const [name, value] of Object.entries(values)) this.inputs[name].write(value);
    this.change(values);
  }

  // -- talking with the kernel: one change under way, the latest one waiting

  change(values) {
    this.wanted = { ...this.wanted, ...values };
    if (!this.waiting) this.dispatch();
  }

  dispatch() {
    this.waiting = true;
    this.turn += 1;
    this.ask({ do: "set", values: this.wanted, turn: this.turn });
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
    const frame = el("div", { class: "dg-panel", role: "img", "aria-label": this.spec.alts[index] });
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
    if (!behind) for (const [name, value] of Object.entries(frame.values)) this.inputs[name].write(value);
    this.code.textContent = frame.code;
    this.verdicts.hidden = !frame.verdicts.length;
    this.verdicts.replaceChildren(
      ...frame.verdicts.map(([verdict, about, why]) => el("li", {}, el("strong", {}, verdict), ` ${about} `, why)),
    );
  }

  paint(frame) {
    this.move(frame.marks);
    this.sentence.textContent = frame.sentence;
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
    const node = el("p", { class: "dg-credit" });
    node.innerHTML = `${this.say("credit")}: ${this.spec.credit}`;
    return node;
  }

  download(text, file) {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: file });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function nearest(stops, number) {
  return stops.reduce((best, stop, index) => (Math.abs(stop - number) < Math.abs(stops[best] - number) ? index : best), 0);
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
