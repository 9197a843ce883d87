using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Members;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// The message list of one room; each room has its own instance. <see cref="LogWindow"/> decides which messages are in the page, <see cref="MessageLoader"/>
/// loads them, <see cref="ReadMarker"/> marks them as read, and the module keeps the scroll position.
/// </summary>
public sealed partial class MessageList : IAsyncDisposable
{
    private RoomLog _log = RoomLog.Empty;
    private LogWindow _window = new(1, 0, IsLive: true);
    private IReadOnlyList<MessageListRow> _rows = [];
    private ElementReference _viewport;
    private ElementReference _content;
    private ElementReference _spacer;
    private MessageListModule? _module;
    private ScrollPosition? _initialPosition;
    private LogHold? _hold;
    private MessageLoader? _loader;
    private ReadMarker? _marker;
    private bool _isAtBottom = true;
    private bool _asksForDate;

    /// <summary>The room.</summary>
    [Parameter, EditorRequired]
    public ChannelId Id { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    [Inject]
    public required NotificationWatch Watch { get; set; }

    [Inject]
    public required IdleTracker Idle { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private DateOnly Today => DateOnly.FromDateTime(Account.Time.GetLocalNow().DateTime);

    private bool HasOlder => _window.IsEmpty ? _log.LastNumber > 0 : _window.First > 1;

    private bool ShowsJump => !_isAtBottom || !_window.IsLive;

    /// <inheritdoc/>
    protected override LogSlice Select(ChatState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new LogSlice(state.LogOf(Id), state.OutboxOf(Id), state.User, state.Connection is ConnectionStatus.Connected);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (_marker is not null)
            return;
        Idle.Changed += OnIdleChanged;
        _marker = new ReadMarker(Client, Id, Idle, Watch);
        _loader = new MessageLoader(StateHasChanged);
        _hold = Client.Hold(Id);
        _log = Slice.Log;
        var position = Ui.ScrollPositionOf(Id);
        var window = position is null ? null : LogWindow.Around(_log, position.Number);
        _initialPosition = window is null ? null : position;
        _isAtBottom = window is null;
        _window = window ?? LogWindow.AtPresent(_log);
        _marker.OnPresentShown(_log);
        BuildRows();
        LoadLatestAsync().ReportFault(DispatchExceptionAsync);
    }

    /// <inheritdoc/>
    protected override void OnSliceChanged()
    {
        _log = Slice.Log;
        var hadLatest = _window.IsLive && !_window.IsEmpty;
        _window = _window.Follow(_log, _isAtBottom);
        if (_isAtBottom && _window.IsLive)
            _marker?.OnPresentShown(_log);
        _marker?.MoveLine();
        BuildRows();
        MarkRead();
        // Connected again after a break: load the latest page.
        if (Slice.IsConnected && hadLatest && _log.LatestRun is null)
            LoadLatestAsync().ReportFault(DispatchExceptionAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new MessageListModule(JS, this, _viewport);
        await _module.AttachAsync(_content, _spacer, _initialPosition);
    }

    /// <summary>Adds older messages at the upper end; called when the user scrolls near it.</summary>
    /// <returns>Whether any were added.</returns>
    [JSInvokable]
    public async Task<bool> ShowOlderAsync()
    {
        // In a very tall viewport both ends are near. The list stays at the present then, which older messages would push out.
        if (_isAtBottom && _window.IsLive && _window.IsFull(_log))
            return false;
        return await MoveAsync(window => window.Older(_log), (run, token) => run.First > 1 ? Client.LoadOlderAsync(Id, run.First, token) : Task.CompletedTask);
    }

    /// <summary>Adds newer messages at the lower end; called when the user scrolls near it.</summary>
    /// <returns>Whether any were added.</returns>
    [JSInvokable]
    public Task<bool> ShowNewerAsync() =>
        MoveAsync(
            window => window.Newer(_log),
            (run, token) => run.Last < _log.LastNumber ? Client.LoadNewerAsync(Id, run.Last, token) : Task.CompletedTask);

    /// <summary>The user has scrolled.</summary>
    /// <param name="number">The first message in the viewport; null at the lower end.</param>
    /// <param name="offset">Its distance from the upper edge, in CSS pixels.</param>
    [JSInvokable]
    public void OnScrolled(long? number, double offset)
    {
        var wasAtBottom = _isAtBottom;
        _isAtBottom = number is null;
        Ui.SaveScrollPosition(Id, number is { } first ? new ScrollPosition(first, offset) : null);
        if (_isAtBottom && _window.IsLive)
            _marker?.OnPresentShown(_log);
        MarkRead();
        if (wasAtBottom != _isAtBottom)
            StateHasChanged();
    }

    /// <summary>The window got the focus, or lost it.</summary>
    [JSInvokable]
    public void OnWindowFocusChanged(bool hasFocus)
    {
        if (_marker is not null)
            _marker.WindowHasFocus = hasFocus;
        MarkRead();
    }

    /// <summary>Scrolls to the latest message.</summary>
    public async Task JumpToPresentAsync()
    {
        _isAtBottom = true;
        if (!_window.IsLive)
            _window = LogWindow.AtPresent(_log);
        _marker?.OnPresentShown(_log);
        BuildRows();
        StateHasChanged();
        await Task.Yield(); // Until the new rows are drawn: the module would scroll to the end of the old ones.
        if (_module is not null)
            await _module.ScrollToPresentAsync();
        MarkRead();
        await LoadLatestAsync();
    }

    /// <summary>Asks the user for a date to go to.</summary>
    public void OpenJump()
    {
        _asksForDate = true;
        StateHasChanged();
    }

    /// <summary>Scrolls to a message.</summary>
    /// <param name="number">Its number; null for the latest message.</param>
    public async Task JumpToAsync(long? number)
    {
        _asksForDate = false;
        if (number is not { } target)
        {
            await JumpToPresentAsync();
            return;
        }

        using var hold = Client.Hold(Id); // The list's own hold is still on what it showed before.
        hold.Show(target, target);
        await LoadAsync(token => Client.LoadAroundAsync(Id, target, token));
        _log = Client.Store.State.LogOf(Id);
        if (LogWindow.Around(_log, target) is not { } window)
            return;
        _window = window;
        _isAtBottom = false;
        BuildRows();
        StateHasChanged();
        if (_module is not null)
            await _module.ScrollToAsync(target);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Idle.Changed -= OnIdleChanged;
        _hold?.Dispose();
        _loader?.Dispose();
        _marker?.Dispose();
        Dispose();
        if (_module is not null)
            await _module.DisposeAsync();
    }

    // The button goes away, and the focus with it.
    private async Task OnJumpToPresentAsync()
    {
        await JumpToPresentAsync();
        Ui.FocusComposer();
    }

    // Moves the window over what is in memory; where that is at its end, loads more, from the mirror or the server.
    private async Task<bool> MoveAsync(Func<LogWindow, LogWindow> move, Func<LogRun, CancellationToken, Task> load)
    {
        var before = _window;
        _window = move(_window);
        if (_window == before && _window.RunIn(_log) is { } run)
        {
            await LoadAsync(token => load(run, token));
            _log = Client.Store.State.LogOf(Id);
            _window = move(_window.Follow(_log, _isAtBottom));
        }

        if (_window == before)
            return false;
        BuildRows();
        StateHasChanged();
        return true;
    }

    private Task LoadLatestAsync() => LoadAsync(token => Client.LoadLatestAsync(Id, token));

    private Task LoadAsync(Func<CancellationToken, Task> load) => _loader?.LoadAsync(load) ?? Task.CompletedTask;

    private void BuildRows()
    {
        _hold?.Show(_window.First, _window.Last);
        _rows = MessageListRows.Build(_log, _window, _marker?.NewAfter, Slice.Outbox, Slice.User, Account.Time.LocalTimeZone);
    }

    private void OnIdleChanged() => InvokeAsync(MarkRead).ReportFault(DispatchExceptionAsync);

    private void MarkRead() => _marker?.Update(_log, _window, _isAtBottom);

    /// <summary>What the list draws.</summary>
    public readonly record struct LogSlice(RoomLog Log, ImmutableArray<OutboxEntry> Outbox, SelfState? User, bool IsConnected);
}
