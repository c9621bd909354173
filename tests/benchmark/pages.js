// Run in the page: from a key press to the painted picture, in milliseconds.
// The lab moves paths, `interact` puts a new image in; both are painted two animation frames after the change is in the page.
// It is in the page before anything else, since widgets keep key presses to themselves.
window.addEventListener("keydown", () => (window.pressed = performance.now()), true);

window.untilPainted = (root, changed) =>
  new Promise((resolve) => {
    window.pressed = undefined;
    const watch = new MutationObserver(async (records) => {
      const picture = changed(records);
      if (!picture || window.pressed === undefined) return;
      watch.disconnect();
      if (picture.decode) await picture.decode();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - window.pressed)));
    });
    watch.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["d", "src"] });
  });

window.pathMoved = (records) => records.some(({ attributeName }) => attributeName === "d");
window.imageCame = (records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes) {
      const image = node.querySelector?.("img") ?? (node.tagName === "IMG" ? node : null);
      if (image) return image;
    }
  return null;
};
