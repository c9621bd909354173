// A board of entries. Everything is in the page; ticks and covers need no kernel.

function draw({ model, root, say, uid }) {
  const spec = model.get("spec");
  const picked = new Set();
  const count = el("p", { class: "dg-count", role: "status", "aria-live": "polite" });

  const tick = ({ tag, label }, index) => {
    const id = `${uid}-tick-${index}`;
    const toggle = (event) => {
      if (event.target.checked) picked.add(tag);
      else picked.delete(tag);
      update();
    };
    return el("label", { class: "dg-tick", for: id }, el("input", { type: "checkbox", id, onchange: toggle }), ` ${label}`);
  };

  const guesses = spec.columns.map((name, index) => {
    const id = `${uid}-cover-${index}`;
    const toggle = (event) => rows.forEach(({ cells }) => cells[index].cover(event.target.checked));
    const input = el("input", { type: "checkbox", id, onchange: toggle });
    return el("label", { class: "dg-tick", for: id }, input, ` ${say("cover", { column: name })}`);
  });

  const cell = (name, words, title) => {
    const text = el("span", { tabindex: "-1" }, words);
    const button = el(
      "button",
      { type: "button", "aria-label": `${say("show")}: ${title}, ${name}`, onclick: () => uncover() },
      say("show"),
    );
    const cover = (covered) => {
      text.hidden = covered;
      button.hidden = !covered;
    };
    const uncover = () => {
      cover(false);
      text.focus(); // the button is gone, and the keyboard must stay here
    };
    cover(false);
    return { node: el("div", { class: "dg-cell" }, el("strong", {}, name), el("div", {}, text, button)), cover };
  };

  const rows = spec.entries.map((entry) => {
    const cells = spec.columns.map((name, index) => cell(name, entry.columns[index], entry.title));
    const details = el("div");
    details.innerHTML = entry.details;
    const sign = el("span", { class: "dg-lit" });
    const badge = el("span", { class: "dg-badge" }, entry.badge);
    const node = el(
      "section",
      { class: "dg-entry", "data-entry": entry.id },
      el("h4", {}, sign, entry.title, " ", badge),
      el("div", { class: "dg-columns" }, ...cells.map(({ node }) => node)),
      el("details", {}, el("summary", {}, spec.more), details),
    );
    return { node, cells, sign, badge, tags: entry.tags };
  });

  const update = () => {
    let lit = 0;
    for (const { node, sign, badge, tags } of rows) {
      const match = tags.some((tag) => picked.has(tag));
      lit += match;
      node.dataset.lit = String(match);
      node.hidden = spec.hides && picked.size > 0 && !match;
      // What the ticks are to bring out is not told before they are ticked.
      badge.hidden = !spec.hides && !match && picked.size < spec.ticks.length;
      sign.textContent = !spec.hides && picked.size ? (match ? "✓ " : "– ") : "";
    }
    const shown = spec.hides && !picked.size ? rows.length : lit;
    count.textContent = fill(spec.count, { count: shown, all: rows.length });
  };

  root.append(
    el("h3", {}, spec.title),
    el("p", {}, spec.intro),
    el("div", { class: "dg-ticks", role: "group", "aria-label": spec.ticks_label }, el("strong", {}, spec.ticks_label), ...spec.ticks.map(tick)),
    el("div", { class: "dg-ticks" }, ...guesses),
    count,
    ...rows.map(({ node }) => node),
  );
  update();
}
