using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Servers;

/// <summary>Which server is in view, in which order they stand, and what each has to tell.</summary>
public sealed partial class ServerRail : IAsyncDisposable
{
    private ElementReference _list;
    private DomModule? _module;
    private DomModule? _roving;
    private DotNetObjectReference<ServerRail>? _self;
    private Account? _menu;
    private string? _announcement;

    [Inject]
    public required AccountList Accounts { get; set; }

    [Inject]
    public required WindowNavigation Window { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private Account? Current => Window.ShownAccount;

    protected override void OnInitialized()
    {
        Accounts.Changed += OnChanged;
        Window.Changed += OnChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _roving = new DomModule(JS, "./_content/Parley.UI/roving.js");
        await _roving.InvokeVoidAsync("attach", _list, "button", false);
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Servers/ServerRail.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _list, _self);
    }

    /// <summary>Ctrl+Alt and an arrow, anywhere in the window: the server below or above, round and round.</summary>
    [JSInvokable]
    public void Step(int by)
    {
        var count = Accounts.All.Length;
        if (count == 0)
            return;
        var at = Current is { } current ? Accounts.All.IndexOf(current) : by > 0 ? -1 : count;
        Window.Show(Accounts.All[(at + by + count) % count]);
    }

    /// <summary>Ctrl+Shift and an arrow on a server.</summary>
    [JSInvokable]
    public void MoveBy(string server, int by)
    {
        if (Find(server) is { } account)
            Move(account, Accounts.All.IndexOf(account) + by);
    }

    /// <summary>A server was dropped where another stands.</summary>
    [JSInvokable]
    public void MoveTo(string server, int place)
    {
        if (Find(server) is { } account)
            Move(account, place);
    }

    /// <summary>The menu of a server was asked for, by mouse or by keyboard.</summary>
    [JSInvokable]
    public void OpenMenu(string server)
    {
        _menu = Find(server);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Accounts.Changed -= OnChanged;
        Window.Changed -= OnChanged;
        if (_roving is not null)
            await _roving.DisposeAsync();
        if (_module is not null)
            await _module.DisposeAsync();
        _self?.Dispose();
    }

    private Account? Find(string server) => Accounts.All.FirstOrDefault(account => account.Server.ToString() == server);

    private void Move(Account account, int place)
    {
        Accounts.Move(account, place);
        _announcement = Phrase.Format(Strings.ServerMoved, account.Name, Accounts.All.IndexOf(account) + 1, Accounts.All.Length);
        StateHasChanged();
    }

    private void OnChanged() => InvokeAsync(StateHasChanged).ReportFault(DispatchExceptionAsync);
}
