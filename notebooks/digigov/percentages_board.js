// The percentage builder. What exists and how two figures differ is decided in Python; here it is shown and asked for.

function draw({ model, root, say, ask, uid }) {
  const spec = model.get("spec");
  const html = (words, node = el("div")) => ((node.innerHTML = words), node);

  // -- the four lists

  const lists = spec.parts.map(([part, label]) => {
    const id = `${uid}-${part}`;
    const select = el("select", { id, onchange: () => ask({ do: "pick", part, value: select.value }) });
    return { part, select, node: el("div", { class: "dg-part" }, el("label", { for: id }, label), select) };
  });
  const fillList = ({ part, select }, state) => {
    const option = ([value, words]) => el("option", { value }, words);
    const group = (label, options) => (options.length ? el("optgroup", { label }, ...options.map(option)) : null);
    const options = state.options[part];
    select.replaceChildren(
      el("option", { value: "" }, say("choose")),
      ...[group(say("published"), options.filter(([, , there]) => there)), group(say("unpublished"), options.filter(([, , there]) => !there))].filter(Boolean),
    );
    select.value = state.picked[part] ?? "";
  };

  // -- the sentence

  const sentence = el("p", { class: "dg-sentence", role: "status", "aria-live": "polite", tabindex: "-1" });
  const facts = el("div", { class: "dg-facts" });
  const keep = el("button", { type: "button", class: "dg-main", onclick: () => ask({ do: "keep" }) }, say("keep"));
  const clear = el("button", { type: "button", onclick: () => ask({ do: "clear" }) }, say("clear"));
  const take = (id) => {
    ask({ do: "take", id });
    sentence.focus(); // the button goes away
  };
  const about = ({ axis, status, yardstick, note, row }) => [
    el("p", { class: "dg-facts-line" }, el("strong", {}, axis), ` · ${status}`),
    el("p", {}, yardstick),
    note ? el("p", {}, note) : null,
    html(row),
  ];
  const near = ({ id, words, differs }) =>
    el("li", {}, `${words} `, el("em", {}, differs), " ", el("button", { type: "button", onclick: () => take(id) }, say("take")));

  // -- the lanes

  const points = [];
  const lane = ({ label, what, points: own, lines, gaps }) => {
    const band = ([from, until, words]) => {
      const node = el("div", { class: "dg-gap" }, el("span", {}, words));
      node.style.left = `${from * 100}%`;
      node.style.width = `${(until - from) * 100}%`;
      return node;
    };
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["viewBox", "0 0 100 100"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    for (const [x1, y1, x2, y2] of lines) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [name, value] of Object.entries({ x1: 100 * x1, y1: 100 - 100 * y1, x2: 100 * x2, y2: 100 - 100 * y2 })) line.setAttribute(name, value);
      svg.append(line);
    }
    const marks = own.flatMap(({ id, x, y, status, label: words, side, name, shown }) => {
      const node = el("input", { type: "radio", class: "dg-spot", name: `${uid}-spot`, "aria-label": name, title: name, "data-status": status, onchange: () => ask({ do: "take", id }) });
      const text = el("span", { class: "dg-spot-label", "data-side": side, "aria-hidden": "true" }, side === "none" ? "" : words);
      for (const one of [node, text]) {
        one.style.left = `${x * 100}%`;
        one.style.top = `${(1 - y) * 100}%`;
      }
      node.addEventListener("mouseenter", () => (point.textContent = name));
      node.addEventListener("focus", () => (point.textContent = name));
      points.push({ id, node, text, shown, words: side === "none" ? "" : words });
      return [node, text];
    });
    const scale = [100, 50, 0].map((value) => {
      const mark = el("span", { class: "dg-scale", "aria-hidden": "true" }, `${value}%`);
      mark.style.top = `${100 - value}%`;
      return mark;
    });
    return el(
      "div",
      { class: "dg-percent-lane" },
      el("p", { class: "dg-percent-head" }, el("strong", {}, label), ` ${what}`),
      el("div", { class: "dg-percent-room" }, ...gaps.map(band), ...scale, svg, ...marks),
    );
  };
  const point = el("p", { class: "dg-point", "aria-hidden": "true" }, say("point"));
  const drawn = spec.lanes.map(lane);
  const years = spec.ticks.map(([year, x]) => {
    const node = el("span", {}, year);
    node.style.left = `${x * 100}%`;
    return node;
  });

  // -- the tray

  const tray = el("ul", { class: "dg-tray", "aria-label": say("tray"), tabindex: "-1" });
  const empty = el("p", {}, say("tray_empty"));
  const [first, second] = ["first", "second"].map((name) => {
    const id = `${uid}-${name}`;
    const select = el("select", { id, onchange: () => ask({ do: "compare", first: first.select.value, second: second.select.value }) });
    return { select, node: el("div", { class: "dg-part" }, el("label", { for: id }, say(name)), select) };
  });
  const pair = el("div", { class: "dg-parts" }, first.node, second.node);
  const verdict = el("p", { class: "dg-sentence", role: "status", "aria-live": "polite" });
  const held = el("div", { class: "dg-held-pair" });
  const drop = (id, words) =>
    el("button", { type: "button", "aria-label": `${say("drop")}: ${words}`, onclick: () => (ask({ do: "drop", id }), tray.focus()) }, say("drop"));
  const differs = say("state.differs");
  const signs = { [differs]: "≠", [say("state.unsaid")]: "?" };
  const compared = ({ head, rows }) =>
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))),
      el(
        "tbody",
        {},
        ...rows.map(([name, one, other, state]) =>
          el("tr", { "data-differs": String(state === differs) }, el("th", { scope: "row" }, name), el("td", {}, one), el("td", {}, other), el("td", {}, `${signs[state] ?? "="} ${state}`)),
        ),
      ),
    );

  const update = () => {
    const state = model.get("state");
    lists.forEach((list) => fillList(list, state));
    sentence.textContent = state.sentence;
    sentence.dataset.found = String(Boolean(state.figure));
    facts.replaceChildren(
      ...(state.figure ? about(state.figure).filter(Boolean) : []),
      ...(state.nearest.length ? [el("p", {}, say("nearest")), el("ul", {}, ...state.nearest.map(near))] : []),
    );
    keep.disabled = !state.figure || state.kept.some(([id]) => id === state.id);
    for (const { id, node, text, shown, words } of points) {
      node.checked = id === state.id;
      const marked = node.checked || state.kept.some(([kept]) => kept === id);
      node.dataset.kept = String(marked);
      text.dataset.kept = String(marked);
      text.textContent = marked ? shown : words;
    }
    empty.hidden = state.kept.length > 0;
    tray.hidden = !state.kept.length;
    tray.replaceChildren(...state.kept.map(([id, words]) => el("li", {}, `${words} `, drop(id, words))));
    pair.hidden = state.kept.length < 3;
    [first, second].forEach(({ select }, index) => {
      select.replaceChildren(...state.kept.map(([value, words]) => el("option", { value }, words)));
      select.value = state.compared[index] ?? "";
    });
    verdict.hidden = !state.comparison;
    verdict.textContent = state.comparison?.verdict ?? "";
    held.replaceChildren(...(state.comparison ? [compared(state.comparison)] : []));
  };

  root.append(
    el("h3", {}, say("title")),
    el("p", {}, say("intro")),
    el("div", { class: "dg-parts" }, ...lists.map(({ node }) => node)),
    sentence,
    facts,
    el("div", { class: "dg-tools" }, keep, clear),
    el("h4", { class: "dg-timeline-head" }, say("lanes")),
    el("p", {}, say("lanes_help")),
    point,
    el("div", { class: "dg-percent-lanes", role: "radiogroup", "aria-label": say("lanes") }, ...drawn, el("div", { class: "dg-percent-years", "aria-hidden": "true" }, ...years)),
    el("h4", { class: "dg-timeline-head" }, say("tray")),
    empty,
    tray,
    pair,
    verdict,
    held,
    el("details", {}, el("summary", {}, say("all")), html(spec.table)),
  );
  model.on("change:state", update);
  update();
  return () => model.off("change:state", update);
}
