package io.clawlive.server.streams.masking;

import java.util.ArrayList;
import java.util.List;

/** Everything that is recognised: keywords, and beside each the rule that confirms it. */
final class Catalog {
  private static final ByteSet TOKEN_DOTTED = ByteSet.of("A-Za-z0-9_.-");
  private static final ByteSet HEX_LOWER = ByteSet.of("a-f0-9");
  private static final String ASSIGNS = " \t\"'`\\]=:";
  private static final String AUTHORIZES = "\"'\\=:";

  private final List<Keyword> keywords = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();

  private Catalog() {}

  static Catalog of(MaskingConfiguration configuration) {
    Catalog catalog = new Catalog();
    catalog.addInvisible();
    catalog.addVendorTokens();
    catalog.addAgentVendorTokens();
    catalog.addSigned();
    catalog.addPrivateKeys();
    catalog.addAuthorization();
    catalog.addAssignments();
    catalog.add(Keyword.cardDigits(), new CardRule());
    if (configuration.emails()) {
      catalog.add(Keyword.exact("@"), new EmailRule());
    }
    return catalog;
  }

  List<Keyword> keywords() {
    return keywords;
  }

  /** The rules, in the order of the keywords. */
  List<Rule> rules() {
    return rules;
  }

  private void add(Keyword keyword, Rule rule) {
    keywords.add(keyword);
    rules.add(rule);
  }

  private void token(Kind kind, ByteSet body, int atLeast, String... prefixes) {
    for (String prefix : prefixes) {
      token(kind, body, atLeast, Keyword.exact(prefix));
    }
  }

  private void token(Kind kind, ByteSet body, int atLeast, Keyword prefix) {
    add(prefix.then(body), new TokenRule(kind, prefix.length(), body, atLeast));
  }

  private void webhook(Kind kind, String path, int atLeast) {
    add(Keyword.anyCase(path), new PathRule(kind, path.length(), atLeast));
  }

  /** Not secrets, but they can cut one in two: a text with them must be looked at closely. */
  private void addInvisible() {
    Rule none = (text, start, end, found) -> end;
    add(Keyword.exact("\u001b"), none);
    add(Keyword.exact("\u00c2").then(ByteSet.range(0x9b, 0x9b)), none);
    add(Keyword.exact("\u00c2\u00ad"), none);
    add(Keyword.exact("\u00e2\u0080").then(ByteSet.range(0x8b, 0x8f)), none);
    add(Keyword.exact("\u00e2\u0081").then(ByteSet.range(0xa0, 0xa4)), none);
    add(Keyword.exact("\u00ef\u00bb\u00bf"), none);
  }

  private void addVendorTokens() {
    token(Kind.GITHUB_TOKEN, ByteSet.ALNUM, 20, "ghp_", "gho_", "ghu_", "ghs_", "ghr_");
    token(Kind.GITHUB_TOKEN, ByteSet.BASE64_URL, 20, "github_pat_");
    token(Kind.GITLAB_TOKEN, TOKEN_DOTTED, 16, "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-");
    token(Kind.AWS_ACCESS_KEY_ID, ByteSet.UPPER_DIGIT, 16, "AKIA", "ASIA");
    token(Kind.GOOGLE_KEY, ByteSet.BASE64_URL, 30, "AIza");
    token(Kind.GOOGLE_KEY, TOKEN_DOTTED, 20, "ya29.");
    token(Kind.GOOGLE_KEY, ByteSet.BASE64_URL, 20, "GOCSPX-");
    Keyword slack = Keyword.exact("xox").then("abcdeoprs").then(".-");
    token(Kind.SLACK_TOKEN, TOKEN_DOTTED, 10, slack);
    token(Kind.SLACK_TOKEN, ByteSet.BASE64_URL, 20, "xapp-");
    webhook(Kind.SLACK_WEBHOOK, "hooks.slack.com/services/", 20);
    webhook(Kind.SLACK_WEBHOOK, "hooks.slack.com/workflows/", 20);
    webhook(Kind.SLACK_WEBHOOK, "hooks.slack.com/triggers/", 20);
    webhook(Kind.DISCORD_WEBHOOK, "/api/webhooks/", 60);
    token(Kind.STRIPE_KEY, ByteSet.ALNUM, 16, "sk_live_", "sk_test_", "rk_live_", "rk_test_");
    token(Kind.STRIPE_KEY, ByteSet.BASE64, 20, "whsec_");
    token(Kind.NPM_TOKEN, ByteSet.ALNUM, 30, "npm_");
    token(Kind.PYPI_TOKEN, ByteSet.BASE64_URL, 40, "pypi-AgE");
    token(Kind.DIGITALOCEAN_TOKEN, HEX_LOWER, 40, "dop_v1_", "doo_v1_", "dor_v1_");
    token(Kind.AGE_KEY, ByteSet.UPPER_DIGIT, 40, "AGE-SECRET-KEY-1");
    token(Kind.VAULT_TOKEN, TOKEN_DOTTED, 24, "hvs.", "hvb.");
    token(Kind.API_KEY, ByteSet.ALNUM, 30, "shpat_", "shpss_", "lin_api_", "dckr_pat_", "glsa_");
    // Numbers in base64 have this shape; a Discord token begins with its bot's number.
    Keyword digits = Keyword.exact("").then("MNO").then("DTjz").then("AEIMQUYcgk").then("w-z0-5");
    Keyword bot = digits.then("MNO").then("DTjz").then("AEIMQUYcgk").then("w-z0-5");
    add(bot, new DottedTokenRule(Kind.DISCORD_TOKEN, 23, 6, 27));
    add(Keyword.exact(":AA").then(ByteSet.BASE64_URL), new TelegramRule());
    add(Keyword.exact("SK").then(HEX_LOWER).then(HEX_LOWER), new TwilioRule());
    add(
        Keyword.exact("SG.").then(ByteSet.BASE64_URL),
        new DottedTokenRule(Kind.SENDGRID_KEY, 2, 16, 16));
  }

  /** Companies whose keys agents hold, and ourselves. */
  private void addAgentVendorTokens() {
    add(Keyword.exact("cl_").then("a-z0-9").then("a-z0-9"), new ClawLiveKeyRule());
    token(Kind.CLAWLIVE_KEY, ByteSet.ALNUM, 40, "clw_");
    add(Keyword.exact("sk-").then(ByteSet.ALNUM), new SkKeyRule());
    token(Kind.HUGGINGFACE_TOKEN, ByteSet.ALNUM, 30, "hf_");
    token(Kind.API_KEY, ByteSet.ALNUM, 40, "gsk_", "pplx-", "xai-");
    token(Kind.API_KEY, ByteSet.ALNUM, 30, "r8_");
    token(Kind.API_KEY, ByteSet.BASE64_URL, 40, "nvapi-");
  }

  private void addSigned() {
    add(Keyword.exact("eyJ").then(ByteSet.BASE64_URL), new JwtRule());
    add(Keyword.exact("://"), new UrlPasswordRule());
  }

  private void addPrivateKeys() {
    add(Keyword.exact("PRIVATE KEY"), new PrivateKeyRule());
    // The first line of a key's body, which shows what it is without its armour: OpenSSH, Ed25519
    // and elliptic curves (where it holds the whole secret), RSA in its two forms.
    token(Kind.PRIVATE_KEY, ByteSet.BASE64, 20, "b3BlbnNzaC1rZXktdjE", "MC4CAQAwBQYDK2VwBCIEI");
    token(Kind.PRIVATE_KEY, ByteSet.BASE64, 20, "MHcCAQEEI", "MIGHAgEAMBMGByqGSM49");
    Keyword rsa = Keyword.exact("MII").then("A-Z").then(ByteSet.BASE64).then(ByteSet.BASE64);
    token(Kind.PRIVATE_KEY, ByteSet.BASE64, 20, rsa.thenExact("IBAAKC"));
    token(Kind.PRIVATE_KEY, ByteSet.BASE64, 20, rsa.thenExact("IBADANBgkq"));
  }

  private void addAuthorization() {
    add(Keyword.anyCase("authorization").then(AUTHORIZES), AuthorizationRule.header());
    add(Keyword.anyCase("bearer").then(AUTHORIZES + " \t"), AuthorizationRule.bearer());
    add(
        Keyword.exact("").then("Bb").thenExact("asic ").then(ByteSet.BASE64),
        new BasicCredentialsRule());
  }

  private void addAssignments() {
    // Of names that end in the same place the first is taken, so the more special ones lead.
    assignment(Kind.AWS_SECRET_KEY, false, "secret_access_key", "secret-access-key");
    assignment(Kind.AWS_SECRET_KEY, false, "secretaccesskey");
    assignment(Kind.AZURE_KEY, false, "accountkey", "sharedaccesskey");
    assignment(Kind.CREDENTIAL, true, "password", "passwd", "passphrase", "passwort", "pwd");
    assignment(Kind.CREDENTIAL, false, "secret", "token", "credential");
    assignment(Kind.CREDENTIAL, false, "api_key", "api-key", "apikey", "access_key", "access-key");
    assignment(Kind.CREDENTIAL, false, "accesskey", "auth_key", "secret_key", "secret-key");
    assignment(Kind.CREDENTIAL, false, "secretkey", "private_key", "encryption_key", "signing_key");
    assignment(Kind.CREDENTIAL, false, "key_base", "secret_value", "client-secret");
  }

  private void assignment(Kind kind, boolean numbers, String... names) {
    for (String name : names) {
      Keyword keyword = Keyword.anyCase(name).then(ASSIGNS);
      add(keyword, new AssignmentRule(kind, name.length(), numbers));
    }
  }
}
