// Replaces the static charts by interactive ones. Without JavaScript the page keeps the static ones and loses nothing.
async function unpack(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (c) => c.charCodeAt(0));
  const code = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
}

async function activate() {
  await unpack("plotly");
  for (const source of document.querySelectorAll("script.figure")) {
    const plot = document.getElementById(source.dataset.plot);
    const figure = JSON.parse(source.textContent);
    plot.replaceChildren();
    plot.removeAttribute("role");
    await Plotly.newPlot(plot, figure.data, figure.layout, { displayModeBar: false });
    plot.on("plotly_click", (click) => {
      const anchor = [click.points[0].customdata].flat()[0];
      if (anchor && document.getElementById(anchor)) location.hash = anchor;
    });
  }
}

if ("DecompressionStream" in window) activate();
