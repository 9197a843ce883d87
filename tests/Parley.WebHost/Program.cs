using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Parley.Client;
using Parley.UI;
using Parley.UI.Features.Notifications;
using Parley.UI.Shell;
using Parley.UI.State;
using Parley.WebHost;

// The interface in a browser, as bare as it can be: it has a page, a wire that leads nowhere, and no memory.
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<Root>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services
    .AddSingleton<IProfile, NoProfile>()
    .AddSingleton<INotifier, NoNotifier>()
    .AddSingleton(new HostCapabilities())
    .AddSingleton(new ChatClientOptions { Wire = new NoWire(), Program = "parley-web-host" })
    .AddParleyUI();
await builder.Build().RunAsync();
