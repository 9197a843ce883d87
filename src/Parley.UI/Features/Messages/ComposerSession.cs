using Microsoft.JSInterop;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Receives what the composer's JavaScript sends: drafts and messages, each with the room that it is for. It lives as long as the window, so a draft or
/// message that arrives after another room was selected is not lost. Used on the window's own dispatcher alone.
/// </summary>
public sealed class ComposerSession(WindowNavigation window, DraftStore drafts, HostCapabilities host) : IDisposable
{
    private readonly Dictionary<string, RoomState> _rooms = [];
    private readonly Dictionary<ChatClient, int> _clients = [];
    private DotNetObjectReference<ComposerSession>? _self;

    /// <summary>A room's draft or notice changed; the argument is the room's page id.</summary>
    public event Action<string>? Changed;

    /// <summary>The user sent a message; the argument is the room's page id.</summary>
    public event Action<string>? Sent;

    /// <summary>
    /// A room's text box is to have another text, and the focus; the arguments are the room's page id and the text, null to leave that as it is.
    /// </summary>
    public event Action<string, string?>? TextReplaced;

    /// <summary>The user has edited a message to nothing.</summary>
    public event Action<ChatClient, ChannelId, Message>? DeletionRequested;

    /// <summary>The reference by which the page's modules call this.</summary>
    internal DotNetObjectReference<ComposerSession> Self => _self ??= DotNetObjectReference.Create(this);

    /// <summary>The id by which page and program name a room to each other, for the life of the window.</summary>
    internal string PageIdOf(ChatClient client, ChannelId id)
    {
        if (!_clients.TryGetValue(client, out var number))
            _clients[client] = number = _clients.Count + 1;
        var room = FormattableString.Invariant($"{number}:{id}");
        if (!_rooms.ContainsKey(room))
            _rooms[room] = new RoomState(client, id);
        return room;
    }

    /// <summary>The text of a room's box: the draft, or the new words of the message that is being edited.</summary>
    internal string DraftOf(string room) => _rooms[room].Edited ?? drafts.Of(_rooms[room].Client, _rooms[room].Id);

    /// <summary>What the next text of a room is for; null where it is a message like any other.</summary>
    internal ComposerTarget? TargetOf(string room) => _rooms[room].Target;

    /// <summary>The next message of this room answers <paramref name="message"/>.</summary>
    internal void Reply(ChatClient client, ChannelId id, Message message) => Aim(PageIdOf(client, id), new ComposerTarget.Reply(message));

    /// <summary>The next text of this room takes the place of what <paramref name="message"/> says.</summary>
    internal void Edit(ChatClient client, ChannelId id, Message message) => Aim(PageIdOf(client, id), new ComposerTarget.Edit(message));

    /// <summary>The notice above the composer in a room; null where there is none.</summary>
    internal NoticeContent? NoticeOf(string room) => _rooms[room].Notice;

    /// <summary>The text of a room's box changed.</summary>
    [JSInvokable]
    public void Change(string room, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_rooms.TryGetValue(room, out var state))
            return;
        if (state.Target is ComposerTarget.Edit)
            state.Edited = text;
        else
            drafts.Save(state.Client, state.Id, text);
        Changed?.Invoke(room);
    }

    /// <summary>The user dismissed the notice of a room; where there is none, they leave the reply or the edit.</summary>
    [JSInvokable]
    public void Dismiss(string room)
    {
        if (!_rooms.TryGetValue(room, out var state))
            return;
        if (state.Notice is not null)
            SetNotice(room, null);
        else
            Leave(room);
    }

    /// <summary>The user leaves the reply or the edit; the draft comes back.</summary>
    internal void Leave(string room)
    {
        if (_rooms[room].Target is not null)
            Aim(room, null);
    }

    /// <summary>The user wants to edit the last message that they wrote in a room.</summary>
    [JSInvokable]
    public void EditLast(string room)
    {
        if (_rooms.TryGetValue(room, out var state) && ShownMessages.LastOwn(state.Client.Store.State, state.Id) is { } message)
            Aim(room, new ComposerTarget.Edit(message));
    }

    /// <summary>Carries out what was submitted in a room's composer. The module has emptied the text box already.</summary>
    /// <returns>Null where it was carried out; else the text, which the module puts back into the text box.</returns>
    [JSInvokable]
    public async Task<string?> SubmitAsync(string room, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_rooms.TryGetValue(room, out var state))
            return text;
        SetNotice(room, null);
        NoticeContent? notice;
        try
        {
            notice = state.Target is ComposerTarget.Edit edit
                ? await EditAsync(room, state, edit, text)
                : await CarryOutAsync(room, state, SlashCommand.Parse(text));
        }
        catch (ConnectionLostException)
        {
            notice = new NoticeContent.Sentence(Strings.NoConnection);
        }

        SetNotice(room, notice);
        if (notice is null or NoticeContent.CommandList)
            return null;
        if (DraftOf(room).Length == 0) // Else the user has typed something newer.
            Change(room, text);
        return text;
    }

    /// <inheritdoc/>
    public void Dispose() => _self?.Dispose();

    private void SetNotice(string room, NoticeContent? notice)
    {
        _rooms[room].Notice = notice;
        Changed?.Invoke(room);
    }

    // Returns what to tell the user; null where all is well.
    private async Task<NoticeContent?> CarryOutAsync(string room, RoomState state, SlashCommand command)
    {
        switch (command)
        {
            case SlashCommand.Say say:
                return await SayAsync(room, state, say);
            case SlashCommand.Substitute substitute:
                return await SubstituteAsync(room, state, substitute);
            case SlashCommand.SayPrivately privately:
                return await SayPrivatelyAsync(state, privately);
            case SlashCommand.Quit when host.Window is { } window:
                await state.Client.DisconnectAsync();
                window.Close();
                return null;
            case SlashCommand.Quit:
                return new NoticeContent.Sentence(Phrase.Format(Strings.UnknownCommand, CommandHelp.QuitName));
            case SlashCommand.Help:
                return new NoticeContent.CommandList();
            case SlashCommand.Incomplete incomplete:
                return new NoticeContent.Sentence(incomplete.Command == IncompleteCommand.Me ? Strings.UsageMe : Strings.UsageMsg);
            case SlashCommand.Unknown unknown:
                return new NoticeContent.Sentence(Phrase.Format(Strings.UnknownCommand, unknown.Name));
            default:
                throw new InvalidOperationException($"No way to carry out {command}.");
        }
    }

    private async Task<NoticeContent?> SayAsync(string room, RoomState state, SlashCommand.Say say)
    {
        var replyTo = (state.Target as ComposerTarget.Reply)?.Message.Id;
        var answer = await state.Client.SayAsync(state.Id, say.Kind, say.Content, replyTo, CancellationToken.None);
        if (answer.Refusal is { } refusal)
            return new NoticeContent.Sentence(Sentences.Of(refusal));
        state.Target = null;
        Sent?.Invoke(room);
        return null;
    }

    private async Task<NoticeContent?> SubstituteAsync(string room, RoomState state, SlashCommand.Substitute substitute) =>
        ShownMessages.LastOwn(state.Client.Store.State, state.Id) is { } message && substitute.In(message.Content) is { } text
            ? await EditAsync(room, state, new ComposerTarget.Edit(message), text)
            : new NoticeContent.Sentence(Phrase.Format(Strings.NothingToSubstitute, substitute.Old));

    private async Task<NoticeContent?> EditAsync(string room, RoomState state, ComposerTarget.Edit edit, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Leave(room);
            DeletionRequested?.Invoke(state.Client, state.Id, edit.Message);
            return null;
        }

        if (text != edit.Message.Content)
        {
            var answer = await state.Client.ChangeAsync(state.Id, edit.Message.Id, ChangeKind.Edit, text, CancellationToken.None);
            if (answer.Refusal is { } refusal)
                return new NoticeContent.Sentence(Sentences.Of(refusal));
        }

        Leave(room);
        return null;
    }

    // An edit has a text of its own; a reply goes on with the draft.
    private void Aim(string room, ComposerTarget? target)
    {
        var state = _rooms[room];
        var wasEdit = state.Target is ComposerTarget.Edit;
        state.Target = target;
        state.Edited = (target as ComposerTarget.Edit)?.Message.Content;
        TextReplaced?.Invoke(room, wasEdit || target is ComposerTarget.Edit ? DraftOf(room) : null);
        Changed?.Invoke(room);
    }

    private async Task<NoticeContent?> SayPrivatelyAsync(RoomState state, SlashCommand.SayPrivately privately)
    {
        var answer = await state.Client.SayPrivatelyAsync(privately.To, privately.Content, CancellationToken.None);
        if (!answer.TryGet(out var conversation, out var refusal))
            return new NoticeContent.Sentence(Sentences.Of(refusal));
        window.Of(state.Client).Select(conversation);
        return null;
    }

    private sealed class RoomState(ChatClient client, ChannelId id)
    {
        internal ChatClient Client => client;

        internal ChannelId Id => id;

        internal NoticeContent? Notice { get; set; }

        internal ComposerTarget? Target { get; set; }

        /// <summary>The new words of the message that is being edited; null where none is.</summary>
        internal string? Edited { get; set; }
    }
}

/// <summary>What a notice above the composer says; only the user sees it.</summary>
public abstract record NoticeContent
{
    private NoticeContent()
    {
    }

    /// <summary>A sentence.</summary>
    public sealed record Sentence(string Text) : NoticeContent;

    /// <summary>The list of commands.</summary>
    public sealed record CommandList : NoticeContent;
}
