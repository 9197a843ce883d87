using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client;
using Parley.UI.Features.Notifications;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Shell;

/// <summary>How the person likes it; each change holds at once and is kept.</summary>
public sealed partial class SettingsDialog : IAsyncDisposable
{
    private static readonly List<int> Sizes = [80, 90, 100, 110, 125, 150];
    private static readonly IReadOnlyList<string> FontSizes = [.. Sizes.Select(percent => $"{percent} %")];

    private DomModule? _appearance;
    private string? _tested;

    /// <summary>It is closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required INotifier Notifier { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    // Each in the order of its enumeration.
    private static IReadOnlyList<string> Themes => [Strings.ThemeDark, Strings.ThemeLight, Strings.ThemeSystem, Strings.ThemeContrast];

    private static IReadOnlyList<string> Densities => [Strings.DensityCozy, Strings.DensityCompact];

    private static IReadOnlyList<string> Levels => [Strings.NotifyAll, Strings.NotifyDirect, Strings.NotifyNothing];

    private static string Version => typeof(SettingsDialog).Assembly.GetName().Version?.ToString(3) ?? "";

    private Preferences Now => Profile.Preferences;

    public async ValueTask DisposeAsync()
    {
        if (_appearance is not null)
            await _appearance.DisposeAsync();
    }

    private Task ChangeThemeAsync(int theme) => ChangeAsync(Now with { Theme = (ThemeChoice)theme });

    private Task ChangeDensityAsync(int density) => ChangeAsync(Now with { Density = (Density)density });

    private Task ChangeSizeAsync(int size) => ChangeAsync(Now with { FontPercent = Sizes[size] });

    private Task ChangeLevelAsync(int level) => ChangeAsync(Now with { Notify = (NotifyLevel)level });

    private async Task ChangeAsync(Preferences preferences)
    {
        Profile.KeepPreferences(preferences);
        _appearance ??= new DomModule(JS, "./_content/Parley.UI/appearance.js");
        await _appearance.InvokeVoidAsync(
            "apply", preferences.Theme.ToString().ToLowerInvariant(), preferences.Density.ToString().ToLowerInvariant(), preferences.FontPercent);
    }

    private async Task TestAsync()
    {
        var problem = await Notifier.ShowAsync("test", "Parley", Strings.TestNotificationText);
        _tested = problem is null ? Strings.NotifyWorked : Words.With(Strings.NotifyMissing, problem);
    }
}
