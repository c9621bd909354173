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
  // Emptying asks twice, in place: a browser's own dialog would block the whole page.
  let sure = false;
  const again = el("button", { type: "button" }, say("start_again"));
  again.addEventListener("click", () => {
    if (sure) ask({ do: "start_again" });
    sure = !sure;
    again.textContent = say(sure ? "sure" : "start_again");
  });
  again.addEventListener("blur", () => {
    sure = false;
    again.textContent = say("start_again");
  });
  const save = ({ text, file: name }) => {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const received = (message) => message.text && save(message);
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
