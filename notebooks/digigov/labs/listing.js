// Many choices as one table: sorted by its heads, picked by words and by the chosen option, each row with its select.

class Listing {
  constructor({ spec, controls, say, uid, changed }) {
    Object.assign(this, { spec, say, uid });
    this.sorted = { column: spec.largest_first + 1, down: true }; // the first column is the rows' names
    this.brief = el("p", { class: "dg-brief", role: "status", "aria-live": "polite" });
    this.count = el("p", { class: "dg-count", role: "status", "aria-live": "polite" });
    this.body = el("tbody");
    this.rows = spec.rows.map((name, index) => this.row(controls[name], index, changed));
    this.heads = [say("listing.name"), ...spec.columns.map(({ label }) => label), say("listing.choice")].map((label, index) => {
      const mark = el("span", { class: "dg-sort", "aria-hidden": "true" });
      const button = el("button", { type: "button", onclick: () => this.sort(index) }, label, " ", mark);
      return { mark, button, node: el("th", { scope: "col" }, button) };
    });
    this.node = el(
      "section",
      { class: "dg-listing", "aria-label": say("listing.title") },
      this.brief,
      this.filters(),
      this.count,
      el(
        "div",
        { class: "dg-listing-room", tabindex: "0", role: "group", "aria-label": say("listing.title") },
        el("table", {}, el("thead", {}, el("tr", {}, ...this.heads.map(({ node }) => node))), this.body),
      ),
    );
    this.arrange();
  }

  row(control, index, changed) {
    const id = `${this.uid}-${control.name}`;
    const notes = this.spec.notes[control.name] ?? {};
    const options = control.options.map(([value, label]) =>
      el("option", { value }, notes[value] ? `${label} · ${notes[value]}` : label),
    );
    const select = el("select", { id, "aria-label": `${this.say("listing.choice")}: ${control.label}` }, ...options);
    select.addEventListener("change", () => {
      changed(control.name, select.value);
      this.tally(); // the row stays where it is, under the learner's hand, until the table is sorted anew
    });
    const cells = this.spec.columns.map(({ values, shown, label }) =>
      el("td", { "data-label": label, class: typeof values[index] === "number" ? "dg-figure" : null }, shown[index]),
    );
    const node = el("tr", {}, el("th", { scope: "row" }, control.label), ...cells, el("td", { "data-label": this.say("listing.choice") }, select));
    const keys = [control.label, ...this.spec.columns.map(({ values }) => values[index])];
    return { node, select, keys, words: keys.filter((key) => typeof key === "string").join(" ") };
  }

  filters() {
    const field = (label, input) => el("label", { class: "dg-filter" }, `${label} `, input);
    const picked = () => this.arrange();
    this.search = el("input", { type: "text", oninput: picked, id: `${this.uid}-search` });
    const actions = new Map(this.rows.flatMap(({ select }) => [...select.options].map((o) => [o.value, o.textContent.split(" · ")[0]])));
    this.chosen = this.pick(actions, picked);
    this.columns = this.spec.filters.map((place) => {
      const values = [...new Set(this.spec.columns[place].values.flatMap(parts))].sort(compare);
      return { place, select: this.pick(new Map(values.map((value) => [value, value])), picked) };
    });
    return el(
      "div",
      { class: "dg-filters", role: "group", "aria-label": this.say("listing.filters") },
      field(this.say("listing.search"), this.search),
      ...this.columns.map(({ place, select }) => field(this.spec.columns[place].label, select)),
      field(this.say("listing.choice"), this.chosen),
      el("button", { type: "button", onclick: () => this.all() }, this.say("listing.all")),
    );
  }

  pick(options, onchange) {
    const nodes = [...options].map(([value, label]) => el("option", { value }, label));
    return el("select", { onchange }, el("option", { value: "" }, this.say("listing.any")), ...nodes);
  }

  all() {
    this.search.value = "";
    for (const select of [this.chosen, ...this.columns.map(({ select }) => select)]) select.value = "";
    this.arrange();
  }

  sort(column) {
    this.sorted = { column, down: this.sorted.column === column ? !this.sorted.down : typeof this.key(this.rows[0], column) === "number" };
    this.arrange();
  }

  key(row, column) {
    return column < row.keys.length ? row.keys[column] : row.select.selectedOptions[0].textContent;
  }

  arrange() {
    const { column, down } = this.sorted;
    const sign = down ? -1 : 1;
    const ordered = [...this.rows].sort((a, b) => sign * compare(this.key(a, column), this.key(b, column)));
    for (const row of this.rows) row.node.hidden = !this.matches(row);
    const focus = document.activeElement; // a row that is moved loses it
    this.body.append(...ordered.map(({ node }) => node));
    if (this.body.contains(focus)) focus.focus();
    this.heads.forEach(({ mark, node }, index) => {
      mark.textContent = index === column ? (down ? "▼" : "▲") : "";
      if (index === column) node.setAttribute("aria-sort", down ? "descending" : "ascending");
      else node.removeAttribute("aria-sort");
    });
    this.tally();
  }

  matches(row) {
    const words = plain(this.search.value).trim();
    return (
      (!words || plain(row.words).includes(words)) &&
      (!this.chosen.value || row.select.value === this.chosen.value) &&
      this.columns.every(({ place, select }) => !select.value || parts(row.keys[place + 1]).includes(select.value))
    );
  }

  tally() {
    const shown = this.rows.filter(({ node }) => !node.hidden).length;
    this.count.textContent = this.say("listing.count", { shown, all: this.rows.length });
  }

  write(name, value) {
    const { select } = this.rows[this.spec.rows.indexOf(name)];
    this.stale ||= select.value !== value;
    select.value = value;
  }

  // After choices that were made elsewhere, as by a preset; the learner's own leave the rows where they are.
  settle() {
    if (this.stale) this.arrange();
    this.stale = false;
  }
}

// A cell such as "population + land" holds two things to filter by.
function parts(words) {
  return words.split(" + ");
}

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang || undefined);
}

// Letters without their marks, so that "khai sinh" and "Khai sinh", "duong" and "đường" find each other.
function plain(text) {
  return text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");
}
