using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Desktop.CodeColours;
using Parley.Desktop.Hosting;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Tests.Support;

/// <summary>Components without a browser: a client that never connects, whose state a test makes as the server would, and a clock that tests move.</summary>
internal sealed class UiContext : IAsyncDisposable
{
    private readonly BunitContext _bunit = new();
    private readonly TextMateColours _colours = new(TimeProvider.System);

    /// <param name="others">Servers that the person has beside chat.example.org, logged out.</param>
    internal UiContext(params ServerAddress[] others) : this(new ServerAddress("chat.example.org", ServerAddress.DefaultPort), others)
    {
    }

    /// <param name="host">What the host has; else it has everything.</param>
    internal UiContext(HostCapabilities host) : this(new ServerAddress("chat.example.org", ServerAddress.DefaultPort), [], host)
    {
    }

    private UiContext(ServerAddress server, ServerAddress[] others, HostCapabilities? host = null)
    {
        Time.SetLocalTimeZone(TimeZoneInfo.Utc);
        Client = new ChatClient(server, NativeClientOptions.Create() with { Time = Time, MessagesInMemory = 800 });
        Profile.SaveServers([Client.Server, .. others]);
        Profile.SaveLastServer(Client.Server);
        _bunit.Services
            .AddSingleton<IProfile>(Profile)
            .AddSingleton(host ?? new HostCapabilities { Window = Window, OwnServer = OwnServer, CodeColours = _colours, PinsCertificates = true })
            .AddSingleton<INotifier>(Notifier)
            .AddSingleton(NativeClientOptions.Create() with { Time = Time })
            .AddSingleton(Pages)
            .AddScoped<InboundOrder>()
            .AddParleyUI();
        List = Module("Features/Messages/MessageList.razor.js");
        List.SetupVoid("toPresent", _ => true).SetVoidResult();
        List.SetupVoid("sweep", _ => true).SetVoidResult();
        List.SetupVoid("attach", _ => true).SetVoidResult();
        Module("Features/Messages/MessageCommands.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        Composer = Module("Features/Messages/Composer.razor.js");
        Composer.SetupVoid(_ => true).SetVoidResult();
        Module("Features/Emoji/EmojiPicker.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        CopyCode = Module("clipboard.js");
        Module("Shell/ChatScreen.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        Module("Features/Servers/ServerRail.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        Module("Primitives/Dialog.razor.js").SetupVoid("open", _ => true).SetVoidResult();
        Module("Primitives/Popover.razor.js").SetupVoid("open", _ => true).SetVoidResult();
        Module("Features/Members/IdleSensor.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        Module("Features/Appearance/TextSizeKeys.razor.js").SetupVoid("attach", _ => true).SetVoidResult();
        Module("roving.js").SetupVoid("attach", _ => true).SetVoidResult();
        Module("appearance.js").SetupVoid("apply", _ => true).SetVoidResult();
        Module("Primitives/TextField.razor.js").SetupVoid("focusIfFree", _ => true).SetVoidResult();
        Account = Accounts.All[0];
        Account.ReplaceClient(Client, notice: null);
    }

    /// <summary>The same with a client that is connected.</summary>
    internal static async Task<UiContext> ConnectAsync(ObligingServer server)
    {
        var ui = new UiContext(server.Address, []);
        await ui.Client.ResumeAsync(new Session(new string('0', 64), "alice"), Xunit.TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => ui.Client.Store.State.Connection is ConnectionStatus.Connected, "the connection");
        return ui;
    }

    internal FakeTimeProvider Time { get; } = new(Given.Noon);

    internal ChatClient Client { get; }

    internal MemoryProfile Profile { get; } = new();

    internal GivenOwnServer OwnServer { get; } = new();

    internal ToldNotifier Notifier { get; } = new();

    internal ClosedWindow Window { get; } = new();

    internal OpenPages Pages { get; } = new();

    internal BunitJSModuleInterop List { get; }

    internal BunitJSModuleInterop Composer { get; }

    internal BunitJSModuleInterop CopyCode { get; }

    internal ComposerSession Session => _bunit.Services.GetRequiredService<ComposerSession>();

    internal DraftStore Drafts => _bunit.Services.GetRequiredService<DraftStore>();

    internal NotificationStore Notifications => _bunit.Services.GetRequiredService<NotificationStore>();

    internal AccountList Accounts => _bunit.Services.GetRequiredService<AccountList>();

    internal Account Account { get; }

    internal WindowNavigation WindowNavigation => _bunit.Services.GetRequiredService<WindowNavigation>();

    internal UiState Ui => WindowNavigation.Of(Client);

    /// <summary>What the server says, by a connection that is there from its first message on. Of a log this client holds 800 messages in memory.</summary>
    internal void Hear(params ServerMessage[] messages)
    {
        foreach (var message in messages)
        {
            Client.Receive(message);
            if (message is Ready ready)
                Change(state => state with { Connection = new ConnectionStatus.Connected(ready.Server) });
            Client.UntilTold();
        }
    }

    /// <summary>The reader goes away from what is rendered.</summary>
    internal Task LeaveAsync() => _bunit.DisposeComponentsAsync();

    internal void Change(Func<ChatState, ChatState> change)
    {
        Client.Store.Update(change);
        Client.UntilTold();
    }

    internal IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        Render(Account, Client, parameters);

    /// <summary>The same of another account, which is logged in.</summary>
    internal IRenderedComponent<T> Render<T>(Account account, ChatClient client, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        _bunit.Render<T>(builder =>
        {
            builder.AddCascadingValue(account);
            builder.AddCascadingValue(client);
            builder.AddCascadingValue(WindowNavigation.Of(client));
            parameters?.Invoke(builder);
        });

    public async ValueTask DisposeAsync()
    {
        await _bunit.DisposeAsync();
        _colours.Dispose();
    }

    private BunitJSModuleInterop Module(string path) => _bunit.JSInterop.SetupModule($"./_content/Parley.UI/{path}");
}
