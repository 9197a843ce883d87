// Starts the interface. Its own circuit runs over the loopback interface of this machine: where it is lost, the program behind it has ended (or the page
// has slept for very long, and then a reload brings it back). The framework's own overlay is never shown.
(() => {
  const lost = document.getElementById('circuit-lost');

  async function onConnectionDown() {
    let back;
    try {
      back = await Blazor.reconnect();
    } catch {
      lost.hidden = false;
      return;
    }
    if (!back) location.reload();
  }

  // A file that is let go over the window is nothing yet: a browser would show it in the place of the page, and a text box takes its path.
  for (const type of ['dragover', 'drop']) {
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    });
  }

  Blazor.start({
    logLevel: 3, // warnings
    circuit: {
      configureSignalR: (connection) => connection.configureLogging('warning'),
      reconnectionHandler: {
        onConnectionDown,
        onConnectionUp() {
          lost.hidden = true;
        },
      },
    },
  });
})();
