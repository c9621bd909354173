// The learner's record: counts come from the kernel; files go through the browser's own pickers.

function draw({ model, root, say, ask, uid }) {
  const table = el("table");
  const update = () => {
    const rows = model.get("rows");
    table.hidden = !rows.length;
    const head = ["notebook", "answered", "right", "tries"].map((key) => el("th", { scope: "col" }, say(key)));
    const body = rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), ...rest.map((cell) => el("td", {}, cell))));
    table.replaceChildren(el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body));
  };
  const file = el("input", { type: "file", id: `${uid}-file`, accept: ".json,application/json" });
  file.addEventListener("change", async () => {
    if (file.files.length) ask({ do: "import", text: await file.files[0].text() });
    file.value = "";
  });
  const again = askingTwice(say("start_again"), say("sure"), () => ask({ do: "start_again" }));
  const received = (message) => message.text && saveFile({ ...message, type: "application/json" });
  root.append(
    el("h3", {}, say("title")),
    el("p", {}, say("about")),
    el("p", {}, model.get("where")),
    table,
    el(
      "div",
      { class: "dg-actions" },
      el("button", { type: "button", onclick: () => ask({ do: "export" }) }, say("export")),
      el("label", { for: file.id }, `${say("import")}: `, file),
      again,
    ),
  );
  model.on("change:rows", update);
  model.on("msg:custom", received);
  update();
  return () => {
    model.off("change:rows", update);
    model.off("msg:custom", received);
  };
}
