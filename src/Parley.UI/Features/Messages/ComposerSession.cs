using Microsoft.JSInterop;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Receives what the composer's JavaScript sends: drafts and messages, each with the room that it is for. It lives as long as the window, so nothing depends
/// on what is in view, or still in the page, by the time that it arrives. Used on the window's own dispatcher alone.
/// </summary>
public sealed class ComposerSession(WindowView view, DraftBook drafts, HostCapabilities host) : IDisposable
{
    private readonly Dictionary<string, RoomState> _rooms = [];
    private readonly Dictionary<ChatClient, int> _clients = [];
    private DotNetObjectReference<ComposerSession>? _self;

    /// <summary>A room's draft changed, or what is said to the person about it.</summary>
    public event Action<string>? Changed;

    /// <summary>Something of one's own was said in a room: its list shows the present.</summary>
    public event Action<string>? Sent;

    /// <summary>For the page's modules.</summary>
    internal DotNetObjectReference<ComposerSession> Self => _self ??= DotNetObjectReference.Create(this);

    /// <summary>What a room is called between page and program.</summary>
    internal string NameOf(ChatClient client, ChannelId id)
    {
        if (!_clients.TryGetValue(client, out var number))
            _clients[client] = number = _clients.Count + 1;
        var room = FormattableString.Invariant($"{number}:{id}");
        if (!_rooms.ContainsKey(room))
            _rooms[room] = new RoomState(client, id);
        return room;
    }

    /// <summary>What is half typed in a room.</summary>
    internal string DraftOf(string room) => drafts.Of(_rooms[room].Client, _rooms[room].Id);

    /// <summary>What is said to the person alone, above the box of a room; null where there is nothing.</summary>
    internal WritingNotice? NoticeOf(string room) => _rooms[room].Notice;

    /// <summary>The text of a room's box changed.</summary>
    [JSInvokable]
    public void Change(string room, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_rooms.TryGetValue(room, out var state))
            return;
        drafts.Save(state.Client, state.Id, text);
        Changed?.Invoke(room);
    }

    /// <summary>The person has read the notice.</summary>
    [JSInvokable]
    public void Dismiss(string room)
    {
        if (_rooms.TryGetValue(room, out var state) && state.Notice is not null)
            SetNotice(room, null);
    }

    /// <summary>Enter was pressed in a room's box. The box is empty already, so that what is typed next is never lost.</summary>
    /// <returns>The text that goes back into the box, because nothing was done with it; null where it was.</returns>
    [JSInvokable]
    public async Task<string?> SubmitAsync(string room, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!_rooms.TryGetValue(room, out var state))
            return text;
        SetNotice(room, null);
        WritingNotice? notice;
        try
        {
            notice = await CarryOutAsync(room, state, SlashCommand.Parse(text));
        }
        catch (ConnectionLostException)
        {
            notice = new WritingNotice.Sentence(Strings.NoConnection);
        }

        SetNotice(room, notice);
        if (notice is null or WritingNotice.Commands)
            return null;
        if (DraftOf(room).Length == 0) // Else there is something newer.
            Change(room, text);
        return text;
    }

    /// <summary>The window closes.</summary>
    public void Dispose() => _self?.Dispose();

    private void SetNotice(string room, WritingNotice? notice)
    {
        _rooms[room].Notice = notice;
        Changed?.Invoke(room);
    }

    // What to tell the person; null where all is well.
    private async Task<WritingNotice?> CarryOutAsync(string room, RoomState state, SlashCommand command)
    {
        switch (command)
        {
            case SlashCommand.Say say:
                return await SayAsync(room, state, say);
            case SlashCommand.SayPrivately privately:
                return await SayPrivatelyAsync(state, privately);
            case SlashCommand.Quit when host.Window is { } window:
                await state.Client.DisconnectAsync();
                window.Close();
                return null;
            case SlashCommand.Quit:
                return new WritingNotice.Sentence(Phrase.Format(Strings.UnknownCommand, CommandHelp.QuitName));
            case SlashCommand.Help:
                return new WritingNotice.Commands();
            case SlashCommand.Incomplete incomplete:
                return new WritingNotice.Sentence(incomplete.Command == IncompleteCommand.Me ? Strings.UsageMe : Strings.UsageMsg);
            case SlashCommand.Unknown unknown:
                return new WritingNotice.Sentence(Phrase.Format(Strings.UnknownCommand, unknown.Name));
            default:
                throw new InvalidOperationException($"No way to carry out {command}.");
        }
    }

    private async Task<WritingNotice?> SayAsync(string room, RoomState state, SlashCommand.Say say)
    {
        var answer = await state.Client.SayAsync(state.Id, say.Kind, say.Content, CancellationToken.None);
        if (answer.Refusal is { } refusal)
            return new WritingNotice.Sentence(Sentences.Of(refusal));
        Sent?.Invoke(room);
        return null;
    }

    private async Task<WritingNotice?> SayPrivatelyAsync(RoomState state, SlashCommand.SayPrivately privately)
    {
        var answer = await state.Client.SayPrivatelyAsync(privately.To, privately.Content, CancellationToken.None);
        if (!answer.TryGet(out var conversation, out var refusal))
            return new WritingNotice.Sentence(Sentences.Of(refusal));
        view.Of(state.Client).Select(conversation);
        return null;
    }

    private sealed class RoomState(ChatClient client, ChannelId id)
    {
        internal ChatClient Client => client;

        internal ChannelId Id => id;

        internal WritingNotice? Notice { get; set; }
    }
}

/// <summary>What is said to the person alone, above the box.</summary>
public abstract record WritingNotice
{
    private WritingNotice()
    {
    }

    /// <summary>A sentence.</summary>
    public sealed record Sentence(string Text) : WritingNotice;

    /// <summary>The list of commands.</summary>
    public sealed record Commands : WritingNotice;
}
