using Parley.Client.State;

namespace Parley.UI.Tests.Support;

internal static class StoreVerbs
{
    /// <summary>Waits until the subscribers have heard of what was changed, which they do on another thread.</summary>
    internal static void UntilTold(this ChatStore store) =>
        Assert.True(SpinWait.SpinUntil(() => !store.IsTelling, Deadline.Default), "The subscribers of a store did not come to an end.");
}
