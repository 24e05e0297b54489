package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.regex.Pattern;

/** Who asks for a link: what each gets differs, as only a person's click or a tool may take the file. */
enum Visitor {
    /** A program that was told to fetch: it gets the file. */
    TOOL,
    /** A person: gets a page with a button. */
    BROWSER,
    /** Something that looks at links before a person does: gets a preview, and never the file. */
    BOT;

    private static final List<HeaderName> PURPOSES = List.of(
            HeaderNames.create("Sec-Purpose"),
            HeaderNames.create("Purpose"),
            HeaderNames.create("X-Purpose"),
            HeaderNames.create("X-Moz"));

    private static final Pattern AHEAD = pattern("prefetch|prerender|preview");

    /** Chats, social networks, search engines, mail scanners. */
    private static final Pattern BOTS =
            pattern("facebookexternalhit|facebot|whatsapp|twitterbot|slackbot|slack-imgproxy"
                    + "|discordbot|googlebot|google-pagerenderer|google-inspectiontool|googleimageproxy|googleother|bingbot"
                    + "|bingpreview|linkedinbot|pinterest|telegrambot|http\\.rb|mastodon|iframely|redditbot|signal|skype"
                    + "|msteams|microsoftpreview|ms-office|microsoft office|applebot|yandexbot|yandex\\.com/bots|duckduckbot"
                    + "|baiduspider|slurp|embedly|cardyb|vkshare|viber|snapchat|kakaotalk|line-poker|barracuda|proofpoint"
                    + "|mimecast|safelinks|urldefense|forcepoint|symantec|trendmicro|virustotal|urlscan|bitlybot|petalbot"
                    + "|semrushbot|ahrefsbot|archive\\.org_bot|nextcloud server crawler|matrix|synapse");

    /** Programs that call themselves Mozilla, or accept a page, and want the file all the same. */
    private static final Pattern TOOLS = pattern("^(curl|wget|aria2|httpie|xh|axel|lftp)\\b|powershell");

    private static final Pattern BROWSERS = pattern("^mozilla/");

    /** Fetch Metadata, whatever a browser calls itself. Not the mode: some HTTP libraries send that too. */
    private static final List<HeaderName> OF_BROWSERS =
            List.of(HeaderNames.create("Sec-Fetch-Site"), HeaderNames.create("Sec-Fetch-Dest"));

    private static final Pattern PAGE = pattern("text/html");

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    static Visitor of(Exchange exchange) {
        String agent = exchange.header(HeaderNames.USER_AGENT).orElse("");
        if (isAhead(exchange) || BOTS.matcher(agent).find()) {
            return BOT;
        }
        if (TOOLS.matcher(agent).find()) {
            return TOOL;
        }
        boolean wantsPage = exchange.header(HeaderNames.ACCEPT)
                .filter(accept -> PAGE.matcher(accept).find())
                .isPresent();
        return wantsPage || BROWSERS.matcher(agent).find() || says(exchange, OF_BROWSERS) ? BROWSER : TOOL;
    }

    private static boolean says(Exchange exchange, List<HeaderName> names) {
        return names.stream().anyMatch(name -> exchange.header(name).isPresent());
    }

    private static boolean isAhead(Exchange exchange) {
        return PURPOSES.stream()
                .anyMatch(name -> exchange.header(name)
                        .filter(purpose -> AHEAD.matcher(purpose).find())
                        .isPresent());
    }
}
