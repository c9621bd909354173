// Words and drawings that stand still; only their colours follow the theme.

function draw({ model, root, uid }) {
  const words = ({ html }) => {
    const node = el("div");
    node.innerHTML = html;
    return node;
  };
  const drawing = ({ svg, words: about }, place) => {
    const node = el("div", { class: "dg-panel", role: "img", "aria-label": about, "data-wide": "true" });
    node.innerHTML = ownIds(svg, `${uid}-${place}-`);
    return node;
  };
  root.append(...model.get("pieces").map((piece, place) => (piece.svg ? drawing(piece, place) : words(piece))));
}
