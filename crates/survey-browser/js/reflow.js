// How wide the page is after the window changed; two frames for layout, no longer if none is drawn.
return new Promise((resolve) => {
  const answer = () => resolve(JSON.stringify(scrollWidthOf(rootElement)));
  const wait = setTimeout(answer, 700);
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(wait);
        answer();
      }, 100),
    ),
  );
});
