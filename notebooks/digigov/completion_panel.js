// The completion report: the kernel makes it when it is asked for; the name stays in its field.

function draw({ model, root, say, ask, uid }) {
  const name = el("input", { type: "text", id: `${uid}-name`, autocomplete: "off", maxlength: "200", size: 30 });
  const room = el("div", { class: "dg-report", tabindex: "-1" });
  const received = (message) => {
    if (message.text) saveFile(message);
    if (message.html === undefined) return;
    room.innerHTML = message.html;
    room.focus();
  };
  root.append(
    el("h3", {}, say("title")),
    el("p", {}, say("about")),
    el("p", {}, el("label", { for: name.id }, `${say("name")} `), name),
    el(
      "div",
      { class: "dg-actions" },
      el("button", { type: "button", class: "dg-main", onclick: () => ask({ do: "download", name: name.value }) }, say("download")),
      el("button", { type: "button", onclick: () => ask({ do: "show" }) }, say("show")),
    ),
    room,
  );
  model.on("msg:custom", received);
  return () => model.off("msg:custom", received);
}
