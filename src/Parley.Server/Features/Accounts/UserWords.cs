using System.Globalization;
using Parley.Server.Admin;

namespace Parley.Server.Features.Accounts;

internal static class UserWords
{
    public static AdminChange Unknown(string name) => AdminChange.Refuse(string.Create(CultureInfo.InvariantCulture, $"There is no user '{name}'."));
}
