using Parley.UI.Resources;

namespace Parley.UI.Features.OwnServer;

/// <summary>What a person is told when the own server does not run.</summary>
internal static class OwnServerLabels
{
    internal static string Of(OwnServerState.Failed failed) => failed.Problem switch
    {
        OwnServerProblem.NoProgram => Strings.OwnServerNoProgram,
        _ when failed.Detail is { } said => Phrase.Format(Strings.OwnServerEnded, said),
        _ => Strings.OwnServerEndedSilently,
    };
}
