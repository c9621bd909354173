// Questions put together for one sitting: what is told about them, the cards, and what can be done next.

function draw({ model, root, say, ask, notice, uid }) {
  const head = el("h3", { tabindex: "-1" }, model.get("title"));
  const lines = el("div", { class: "dg-lines" });
  const result = el("div");
  const room = el("div");
  const buttons = el("div", { class: "dg-actions" });
  let cards;
  let dealt = 0;
  const deal = () => {
    const inside = room.contains(document.activeElement) || buttons.contains(document.activeElement);
    head.after(notice); // it may stand in a card that goes away
    cards = deck({ model, say, ask, notice, uid: `${uid}-${++dealt}` });
    room.replaceChildren(...(model.get("questions").length ? cards.nodes : []));
    cards.update();
    if (inside) head.focus(); // the keyboard goes to the start of the new sitting
  };
  const tell = () => {
    lines.replaceChildren(...model.get("lines").map((words) => el("p", {}, words)));
    result.innerHTML = model.get("result");
  };
  const offer = () => {
    const here = buttons.contains(document.activeElement);
    const press = (name) => () => {
      buttons.after(notice);
      ask({ do: name });
    };
    buttons.replaceChildren(
      ...model.get("buttons").map(({ name, label, sure }) =>
        sure
          ? askingTwice(label, sure, press(name))
          : el("button", { type: "button", class: "dg-main", onclick: press(name) }, label),
      ),
    );
    if (here) head.focus();
  };
  const update = () => cards.update();
  root.append(head, notice, lines, result, room, buttons);
  model.on(`${TOLD} change:closed`, update);
  model.on("change:questions", deal);
  model.on("change:lines change:result", tell);
  model.on("change:buttons", offer);
  tell();
  deal();
  offer();
  return () => {
    model.off(`${TOLD} change:closed`, update);
    model.off("change:questions", deal);
    model.off("change:lines change:result", tell);
    model.off("change:buttons", offer);
  };
}
