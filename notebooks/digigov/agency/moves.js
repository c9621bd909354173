// The moves in four groups by how they fit the marks, each with a box to pick it and all about it to unfold.

class Moves {
  constructor({ moves, say, uid, pick }) {
    this.rows = Object.fromEntries(
      moves.map(({ id, name, card }) => {
        const box = el("input", { type: "checkbox", id: `${uid}-move-${id}`, onchange: () => pick(id, box.checked) });
        const reason = el("p", { class: "dg-when" });
        const about = el("div");
        about.innerHTML = card;
        const node = el(
          "div",
          { class: "dg-move", "data-move": id },
          el("label", { class: "dg-choice", for: box.id }, box, el("strong", {}, name)),
          reason,
          el("details", {}, el("summary", { "aria-label": `${say("more")}: ${name}` }, say("more")), about),
        );
        return [id, { node, box, reason }];
      }),
    );
    const group = (name, key, open) => {
      const list = el("div");
      const count = el("span");
      const head = [say(key), " ", count];
      const node = open ? el("div", {}, el("p", {}, el("strong", {}, ...head)), list) : el("details", {}, el("summary", {}, ...head), list);
      return [name, { list, count, node }];
    };
    this.groups = Object.fromEntries([
      group("suggested", "moves.suggested", true),
      group("fitting", "moves.fitting", false),
      group("waiting", "moves.waiting", false),
      group("other", "moves.other", false),
    ]);
    this.node = el("div", {}, ...Object.values(this.groups).map(({ node }) => node));
  }

  write(reasons, picked) {
    const order = JSON.stringify(Object.values(reasons).map((found) => found.map(([id]) => id)));
    for (const [name, { list, count, node }] of Object.entries(this.groups)) {
      const found = reasons[name];
      count.textContent = `(${found.length})`;
      node.hidden = !found.length;
      // Moving a row takes the focus from it, so rows move only when they must.
      if (order !== this.order) list.replaceChildren(...found.map(([id]) => this.rows[id].node));
      for (const [id, why] of found) this.rows[id].reason.textContent = why;
    }
    this.order = order;
    for (const [id, { box, node }] of Object.entries(this.rows)) {
      box.checked = picked.includes(id);
      node.dataset.picked = String(box.checked);
    }
  }
}
