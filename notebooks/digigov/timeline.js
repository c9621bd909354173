// The timeline. All entries are in the page; days are texts such as 2022-08-15, which compare as the days do.

function draw({ model, root, say, uid }) {
  const spec = model.get("spec");
  const locale = model.get("language") === "vi" ? "vi" : "en-GB";
  const written = (form) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", year: "numeric", ...form });
    return (day) => format.format(new Date(`${day}T00:00:00Z`));
  };
  const shownDay = written(locale === "vi" ? { day: "numeric", month: "numeric" } : { day: "numeric", month: "long" });
  const shownMonth = written({ month: locale === "vi" ? "numeric" : "long" });
  const yearBefore = (day) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  const startYear = Number(spec.first.slice(0, 4));
  const months = (day) => (Number(day.slice(0, 4)) - startYear) * 12 + Number(day.slice(5, 7)) - 1;
  const clip = (day) => (day < spec.first ? spec.first : day > spec.last ? spec.last : day);
  const [start, end] = [Date.parse(spec.first), Date.parse(spec.last) + 86400000];
  const place = (day) => (Date.parse(clip(day)) - start) / (end - start);

  // -- picking a day

  let picked;
  const date = el("input", { type: "date", id: `${uid}-date`, min: spec.first, max: spec.last, required: true });
  const month = el("input", { type: "range", id: `${uid}-month`, min: "0", max: String(months(spec.last)), step: "1" });
  const monthShown = el("output", { for: month.id });
  const trouble = el("p", { class: "dg-notice", role: "status", "aria-live": "polite" });
  const told = (words) => {
    trouble.textContent = words;
    trouble.hidden = !words;
  };
  const typed = () => {
    if (date.value === picked) return;
    const [first, last] = [spec.first, spec.last].map(shownDay);
    if (!date.value) told(say("empty", { first, last }));
    else if (date.value < spec.first || date.value > spec.last) told(say("outside", { day: shownDay(date.value), first, last }));
    else pick(date.value);
  };
  // While a year is being typed it passes through 0002 and 0020, which nobody means.
  date.addEventListener("change", () => date.value >= "1000" && typed());
  date.addEventListener("blur", typed);
  month.addEventListener("input", () => {
    const count = Number(month.value);
    pick(`${startYear + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-01`);
  });
  const days = [];
  const tell = ({ name, days: both }) => {
    const buttons = both.map((day) => {
      const button = el("button", { type: "button", onclick: () => pick(day) }, shownDay(day));
      days.push({ day, button });
      return button;
    });
    return el("div", { class: "dg-telling", role: "group", "aria-label": name }, el("span", {}, name), ...buttons);
  };

  // -- the strip

  const point = el("p", { class: "dg-point" }, say("point"));
  const bars = [];
  const bar = (entry) => {
    const [left, right] = [place(entry.days.begins), entry.days.ends >= spec.last ? 1 : place(entry.days.gone)];
    // The name stands in the bar where it fits at the narrowest page, and before the bar elsewhere.
    const wide = (entry.name.length * 6.6 + 24) / 640;
    const fits = right - left > wide;
    // A radio button is a bar here, since a browser moves between those of one group by itself.
    const node = el("input", {
      type: "radio",
      class: "dg-bar",
      name: `${uid}-bar`,
      "aria-label": `${entry.name}, ${entry.span}`,
      "data-unsure-from": String(entry.days.begins !== entry.days.surely_from),
      "data-unsure-until": String(entry.days.ends !== entry.days.surely_until),
      onchange: () => pick(clip(entry.days.begins), node),
    });
    node.style.left = `${left * 100}%`;
    node.style.width = `${(right - left) * 100}%`;
    const sign = el("span", { class: "dg-bar-name" });
    sign.style.left = `${left * 100}%`;
    const name = el("span", { class: "dg-bar-name" }, entry.name);
    if (fits) name.style.left = `calc(${left * 100}% + 1.1rem)`;
    else name.style.right = `${(1 - left) * 100}%`;
    const tell = () => {
      point.textContent = `${entry.name} · ${entry.span}`;
    };
    node.addEventListener("focus", tell);
    node.addEventListener("mouseenter", tell);
    bars.push({ entry, node, sign, inside: fits ? [sign, name] : [sign] });
    return { nodes: [node, sign, name], left: fits ? left : left - wide, right };
  };
  const lanes = (entries) => {
    const rows = [];
    for (const entry of entries.toSorted((a, b) => (a.days.begins < b.days.begins ? -1 : 1))) {
      const one = bar(entry);
      let row = rows.find(({ free }) => free <= one.left);
      if (!row) rows.push((row = { node: el("div", { class: "dg-lane" }) }));
      row.free = one.right + 0.002;
      row.node.append(...one.nodes);
    }
    return rows.map(({ node }) => node);
  };
  const years = Array.from({ length: Math.floor(months(spec.last) / 12) + 1 }, (_, index) => {
    const year = el("span", {}, String(startYear + index));
    year.style.left = `${place(`${startYear + index}-01-01`) * 100}%`;
    return year;
  });
  const line = el("div", { class: "dg-now" });
  const strip = el(
    "div",
    { class: "dg-strip", role: "radiogroup", "aria-label": say("strip") },
    el("div", { class: "dg-years", "aria-hidden": "true" }, ...years),
    ...spec.kinds.flatMap(({ kind, label }) => [
      el("div", { class: "dg-strip-kind", "aria-hidden": "true" }, label),
      ...lanes(spec.entries.filter((entry) => entry.kind === kind)),
    ]),
    line,
  );

  // -- the state of the day

  const head = (...words) => el("h4", { class: "dg-timeline-head" }, ...words);
  const item = (entry) => {
    const sources = el("div");
    sources.innerHTML = entry.sources;
    const unsure = el("span", {}, ` ${say("unsure")}`);
    const node = el(
      "div",
      { class: "dg-held", "data-entry": entry.id },
      el("p", {}, el("strong", {}, entry.name), el("span", { class: "dg-badge" }, entry.badge)),
      el("p", { class: "dg-when" }, entry.span, unsure),
      el("p", {}, entry.what),
      entry.contrast && el("p", { class: "dg-hint" }, el("strong", {}, `${say("contrast")}: `), entry.contrast),
      el("details", {}, el("summary", {}, say("more")), entry.note && el("p", {}, `${say("note")}: ${entry.note}`), sources),
    );
    return { entry, node, unsure };
  };
  const sections = spec.kinds.map(({ kind, label }) => {
    const items = spec.entries.filter((entry) => entry.kind === kind).map(item);
    const count = el("span");
    const none = el("p", {}, say("none"));
    const grid = el("div", { class: "dg-held-grid" }, ...items.map(({ node }) => node));
    const node = el("section", { "data-kind": kind }, head(`${label} `, count), none, grid);
    return { items, count, none, node };
  });
  const changed = ["begun", "ended"].map((side) => {
    const list = el("ul");
    return { side, list, node: el("div", {}, el("strong", {}, say(side)), list) };
  });

  const status = el("p", { class: "dg-count", role: "status", "aria-live": "polite" });
  const pick = (day, by) => {
    told("");
    picked = day;
    if (date.value !== day) date.value = day;
    month.value = String(months(day));
    monthShown.textContent = shownMonth(day);
    month.setAttribute("aria-valuetext", monthShown.textContent);
    line.style.left = `${place(day) * 100}%`;
    days.forEach(({ day: own, button }) => button.setAttribute("aria-pressed", String(own === day)));
    let [count, doubtful] = [0, 0];
    for (const { items, count: number, none, node } of sections) {
      let held = 0;
      for (const { entry, node: box, unsure } of items) {
        const { begins, ends, surely_from, surely_until } = entry.days;
        box.hidden = !(begins <= day && day <= ends);
        unsure.hidden = surely_from <= day && day <= surely_until;
        held += !box.hidden;
        doubtful += !box.hidden && !unsure.hidden;
      }
      count += held;
      number.textContent = `(${held})`;
      none.hidden = held > 0;
      node.dataset.held = String(held);
    }
    const classes = sections[0].items.filter(({ node }) => !node.hidden).map(({ entry }) => entry.name);
    for (const { entry, node, sign, inside } of bars) {
      const held = entry.days.begins <= day && day <= entry.days.ends;
      node.checked = node === by;
      node.dataset.held = String(held);
      if (held) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
      sign.textContent = held ? "●" : "";
      inside.forEach((words) => (words.dataset.held = String(held)));
    }
    const before = yearBefore(day);
    const [begun, ended] = ["begins", "gone"].map((edge) =>
      spec.entries.filter(({ days: own }) => before < own[edge] && own[edge] <= day),
    );
    changed.forEach(({ list }, index) => {
      const found = [begun, ended][index].map(({ name, span }) => el("li", {}, `${name} · ${span}`));
      list.replaceChildren(...(found.length ? found : [el("li", {}, say("none"))]));
    });
    const words = say("state", {
      day: shownDay(day),
      classes: classes.join("; ") || say("no_classes"),
      count,
      begun: begun.length,
      ended: ended.length,
    });
    status.textContent = doubtful ? `${words} ${say("unsure_count", { count: doubtful })}` : words;
  };

  const all = el("div");
  all.innerHTML = spec.table;
  root.append(
    el("h3", {}, say("title")),
    el("p", {}, say("intro")),
    el(
      "div",
      { class: "dg-pick" },
      el("label", { for: date.id }, say("date")),
      date,
      el("label", { for: month.id }, say("month")),
      month,
      monthShown,
    ),
    trouble,
    el("strong", {}, say("telling")),
    el("div", { class: "dg-telling-all", role: "group", "aria-label": say("telling") }, ...spec.telling.map(tell)),
    status,
    head(say("strip")),
    el("p", {}, say("strip_help")),
    point,
    strip,
    head(say("changes")),
    el("div", { class: "dg-columns" }, ...changed.map(({ node }) => node)),
    ...sections.map(({ node }) => node),
    el("details", {}, el("summary", {}, say("all")), all),
  );
  pick(spec.day);
}
