// The switch between the usual type and large type.

function draw({ model, root, say }) {
  const started = model.get("projector");
  const choices = [
    [false, "usual"],
    [true, "large"],
  ];
  const buttons = choices.map(([on, word]) =>
    el("button", { type: "button", onclick: () => choose(on), "aria-pressed": "false" }, say(word)),
  );
  const told = el("p", { role: "status", "aria-live": "polite" });

  function choose(on) {
    try {
      localStorage.setItem(PROJECTOR, JSON.stringify({ start: started.start, on }));
    } catch {
      // Not kept for other pages, but shown in this one.
      document.body.classList.toggle("dg-projector", on);
      document.body.classList.toggle("dg-usual", !on);
      return show(on);
    }
    showType(started);
    show(on);
  }

  function show(on) {
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(choices[place][0] === on)));
    told.textContent = say(on ? "now_large" : "now_usual");
  }

  root.append(
    el("h3", {}, say("title")),
    el("p", {}, say("how")),
    el("div", { class: "dg-tools", role: "group", "aria-label": say("title") }, ...buttons),
    told,
  );
  show(isLarge(started));
  const follow = () => show(isLarge(started));
  window.addEventListener("storage", follow);
  return () => window.removeEventListener("storage", follow);
}
