using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Members;
using Parley.Protocol.Wire;
using Parley.UI.State;

namespace Parley.UI.Shell;

/// <summary>Goes to any channel or person by a few letters of the name.</summary>
public sealed partial class QuickSwitcher
{
    private const int MaxShown = 9;

    private string _typed = "";
    private int _chosen;
    private List<Target> _targets = [];

    /// <summary>It is done, one way or the other.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    protected override void OnInitialized() => Find();

    private static string IdOf(int index) => FormattableString.Invariant($"switcher-{index}");

    private void TypeAsync(ChangeEventArgs change)
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
                return GoAsync(_targets[_chosen]);
            default:
                return Task.CompletedTask;
        }
    }

    private async Task GoAsync(Target target)
    {
        await OnClose.InvokeAsync();
        if (target.Id is { } id)
        {
            Ui.Select(id);
            return;
        }

        try
        {
            var answer = await Client.OpenConversationAsync(target.Name, CancellationToken.None);
            if (answer.Refusal is null)
                Ui.Select(answer.Value);
        }
        catch (ConnectionLostException)
        {
            // The banner says so.
        }
    }

    private void Find()
    {
        var typed = _typed.Trim().TrimStart('#', '@');
        _chosen = 0;
        _targets = [.. All()
            .Select(target => (Target: target, Score: FuzzyMatch.Score(typed, target.Name)))
            .Where(found => found.Score is not null && Fits(found.Target))
            .OrderByDescending(found => found.Score)
            .ThenBy(found => Age(found.Target))
            .ThenBy(found => found.Target.Member is { IsOnline: false })
            .Select(found => found.Target)
            .Take(MaxShown)];
    }

    // The sign in front narrows it down: "#" to channels, "@" to people.
    private bool Fits(Target target) => _typed.TrimStart() switch
    {
        ['#', ..] => target.Member is null,
        ['@', ..] => target.Member is not null,
        _ => true,
    };

    // What is in view is the last place that one wants to go to.
    private int Age(Target target)
    {
        if (target.Id is not { } id || !Ui.Recent.Contains(id))
            return int.MaxValue - 1;
        return id == Ui.Selected ? int.MaxValue : Ui.Recent.ToList().IndexOf(id);
    }

    private IEnumerable<Target> All()
    {
        var state = Client.Store.State;
        foreach (var channel in state.Channels)
            yield return new Target(channel.Id, channel.Name, null);
        foreach (var member in state.Members)
            yield return new Target(state.Conversations.FirstOrDefault(conversation => conversation.WithId == member.Id)?.Id, member.Username, member);
    }

    private sealed record Target(ChannelId? Id, string Name, Member? Member);
}
