using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Members;

/// <summary>What few ask of few: told to everybody of everybody it would only make every login larger.</summary>
internal sealed class ProfileHandler : IReadHandler<AskProfile>
{
    public Outcome Handle(AskProfile command, CommandContext context)
    {
        var name = command.Username ?? "";
        return UserStore.Profile(context.Db, name) is { } profile
            ? Outcome.Answer(profile)
            : Outcome.Refuse(Refusal.NoSuchUser(name));
    }
}
