// A quiz: its questions one below the other.

function draw({ model, root, say, ask, notice, uid }) {
  const { nodes, update } = deck({ model, say, ask, notice, uid });
  root.append(el("h3", {}, model.get("title")), notice, ...nodes);
  model.on(TOLD, update);
  update();
  return () => model.off(TOLD, update);
}
