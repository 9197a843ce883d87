using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Parley.Client.Features.Members;
using Parley.Client.State;
using Parley.Protocol.Wire;
using Parley.UI.Features.Members;
using Parley.UI.Search;
using Parley.UI.State;

namespace Parley.UI.Shell;

/// <summary>Goes to any channel, person or server by a few letters of the name.</summary>
public sealed partial class QuickSwitcher
{
    private const int MaxShown = 9;

    private string _typed = "";
    private int _chosen;
    private List<Target> _targets = [];

    /// <summary>It is closed, with or without a choice.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>The account that the window shows; its rooms come before those of others.</summary>
    [CascadingParameter]
    public required Account Account { get; set; }

    [Inject]
    public required AccountList Accounts { get; set; }

    [Inject]
    public required WindowNavigation Window { get; set; }

    protected override void OnInitialized() => Find();

    private static string IdOf(int index) => FormattableString.Invariant($"switcher-{index}");

    private void Type(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        Find();
    }

    private Task KeyAsync(KeyboardEventArgs key)
    {
        if (_targets.Count == 0)
            return Task.CompletedTask;
        switch (key.Key)
        {
            case "ArrowDown":
                _chosen = (_chosen + 1) % _targets.Count;
                return Task.CompletedTask;
            case "ArrowUp":
                _chosen = (_chosen + _targets.Count - 1) % _targets.Count;
                return Task.CompletedTask;
            case "Enter":
                return Window.NavigateAsync(() => OpenAsync(_targets[_chosen]));
            default:
                return Task.CompletedTask;
        }
    }

    private async Task OpenAsync(Target target)
    {
        await OnClose.InvokeAsync();
        Window.Show(target.Account);
        if (target.Kind == TargetKind.Server || target.Account.Client is not { } client)
            return;
        if (target.Id is { } id)
        {
            Window.Of(client).Select(id);
            return;
        }

        await Window.OpenConversationAsync(client, target.Name);
    }

    private void Find()
    {
        var typed = _typed.Trim().TrimStart('#', '@');
        _chosen = 0;
        _targets = [.. Accounts.All.SelectMany(All)
            .Select(target => (Target: target, Score: FuzzyMatch.Score(typed, target.Name)))
            .Where(found => found.Score is not null && Fits(found.Target))
            .OrderByDescending(found => found.Score)
            .ThenBy(found => found.Target.Account != Account)
            .ThenBy(found => Age(found.Target))
            .ThenBy(found => found.Target.Member is { IsOnline: false })
            .Select(found => found.Target)
            .Take(MaxShown)];
    }

    // The prefix "#" limits the search to channels, "@" to members.
    private bool Fits(Target target) => _typed.TrimStart() switch
    {
        ['#', ..] => target.Kind == TargetKind.Channel,
        ['@', ..] => target.Kind == TargetKind.Person,
        _ => true,
    };

    // The selected room comes last: nobody wants to go where they are.
    private int Age(Target target)
    {
        if (target.Id is not { } id || target.Account.Client is not { } client || !Window.Of(client).Recent.Contains(id))
            return int.MaxValue - 1;
        return target.Account == Account && id == Window.Of(client).Selected ? int.MaxValue : Window.Of(client).Recent.ToList().IndexOf(id);
    }

    private IEnumerable<Target> All(Account account)
    {
        if (account != Account)
            yield return new Target(account, TargetKind.Server, null, account.Name, null);
        if (account.Client?.Store.State is not ChatState state)
            yield break;
        foreach (var channel in state.Channels)
            yield return new Target(account, TargetKind.Channel, channel.Id, channel.Name, null);
        var conversations = state.Conversations.ToLookup(conversation => conversation.WithId, conversation => (ChannelId?)conversation.Id);
        foreach (var member in account.Client.Members.Now.InOrder)
            yield return new Target(
                account, TargetKind.Person, conversations[member.Id].FirstOrDefault(), member.Username,
                member with { Status = StatusLabels.Now(state, member) });
    }

    private enum TargetKind
    {
        Channel,
        Person,
        Server,
    }

    private sealed record Target(Account Account, TargetKind Kind, ChannelId? Id, string Name, Member? Member);
}
