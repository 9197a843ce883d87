using System.Globalization;

namespace Parley.Desktop.Hosting;

/// <summary>
/// Stands before everything that the loopback port serves: host, origin, path, token and cookie, and the policy that every answer bears. What comes through is
/// routed behind it, without the door's path.
/// </summary>
internal static class LoopbackGuard
{
    internal const string TokenParameter = "token";

    // DESIGN.md, "The desktop": tried in WebKitGTK and Chromium. No inline style or script, nothing from anywhere else.
    internal const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private const string NotHere = "This address has been used, or is not complete. Press Enter in Parley's terminal for a new one, or start Parley again.";

    internal static void Use(WebApplication app, LoopbackDoor door)
    {
        app.Use((context, next) => GuardAsync(context, next, door));
        app.UseRouting(); // Else it is done first of all, with the door's path still there.
    }

    internal static string CookieName(int port) => string.Create(CultureInfo.InvariantCulture, $"parley-{port}");

    private static Task GuardAsync(HttpContext context, RequestDelegate next, LoopbackDoor door)
    {
        var port = context.Connection.LocalPort;
        var self = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        SetHeaders(context.Request.Headers, context.Response.Headers);

        // A name that resolves to 127.0.0.1 (DNS rebinding) and a page of another origin are refused before any cookie is looked at.
        if (!string.Equals(context.Request.Host.Value, self, StringComparison.Ordinal))
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "Parley answers to its own address only.");
        var origin = context.Request.Headers.Origin;
        if (origin.Count > 0 && !string.Equals(origin, $"http://{self}", StringComparison.Ordinal))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Parley answers to its own pages only.");

        if (!context.Request.Path.StartsWithSegments(door.Path, StringComparison.Ordinal, out var path))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, NotHere);
        (context.Request.PathBase, context.Request.Path) = (door.Path, path);

        var cookie = CookieName(port);
        var hasCookie = door.Opens(context.Request.Cookies[cookie]);
        if (context.Request.Query[TokenParameter] is { Count: > 0 } token && HttpMethods.IsGet(context.Request.Method))
            return EnterAsync(context, door, cookie, token.ToString(), hasCookie);
        if (hasCookie)
            return next(context);
        return RefuseAsync(context, StatusCodes.Status403Forbidden, NotHere);
    }

    // The redirect takes the token out of the address bar, the history and the referrer.
    private static Task EnterAsync(HttpContext context, LoopbackDoor door, string cookie, string token, bool hasCookie)
    {
        if (door.Redeem(token) is { } value)
            context.Response.Cookies.Append(
                cookie, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = door.Path, IsEssential = true });
        else if (!hasCookie)
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "This address has been used. Press Enter in Parley's terminal for a new one.");
        context.Response.Redirect(door.Path + "/");
        return Task.CompletedTask;
    }

    private static void SetHeaders(IHeaderDictionary asked, IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["X-Frame-Options"] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Where the browser says that no page led here (https://www.w3.org/TR/fetch-metadata/), there is none to be cut off from; and a browser that is told
        // to cut leaves the process that waits for the page and starts another (in WebKitGTK, which keeps the first, 60 MB and the time of a start).
        if (asked["Sec-Fetch-Site"] != "none")
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static Task RefuseAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words);
    }
}
