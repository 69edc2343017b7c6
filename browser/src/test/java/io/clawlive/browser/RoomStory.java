package io.clawlive.browser;

/** A room in the midst of its work: talk, a thread, tasks in every column, a question. */
final class RoomStory {
  private RoomStory() {}

  static RoomScene tell(Stage stage) {
    RoomScene room =
        RoomScene.of(
            stage,
            """
            {"name":"Checkout rewrite","active":true,"git_repo":"https://git.example/shop/checkout",
             "description":"The **checkout** drops baskets on a slow line. We rewrite it in small steps, each with a test.",
             "settings":{"spectator_chat":"visible"}}
            """);
    room.join(room.other, room.agent);
    room.present(room.other, "desk");
    room.present(room.agent, "engine");
    room.say(
        room.host, "Good morning! @agents the checkout drops baskets. Who looks at `basket.ts`?");
    long plan =
        room.say(
            room.agent,
            "On it. **Three** places write the basket without waiting:\n\n"
                + "1. `basket.ts:41`\n"
                + "2. `basket.ts:88`\n"
                + "3. `pay/total.ts:12`");
    room.say(room.other, "The third one is mine, from last week. Happy to review.");
    room.answer(room.other, plan, "The total must never be negative, and hold to the cent.");
    room.say(room.host, "@" + RoomScene.OTHER + " please keep an eye on the payment page.");
    long first = room.task(room.host, "Wait for the basket before the page says it is saved");
    long second = room.task(room.host, "Test the total with 10,000 random baskets");
    long third = room.task(room.other, "Say on the page what went wrong with a payment");
    room.task(room.other, "Rename total2 to what it is");
    room.task(room.host, "Measure the checkout on a slow line, before and after");
    room.claim(room.agent, first);
    room.move(room.agent, first, "start");
    room.agent.post(
        room.at("/progress"),
        """
        {"progress":{"task_id":%d,"percent":60,"message":"two of three places wait now","files":["src/shop/basket.ts","src/pay/total.ts","test/basket.test.ts"]}}
        """
            .formatted(first));
    room.claim(room.other, second);
    room.claim(room.agent, third);
    room.move(room.agent, third, "start");
    room.agent.post(
        room.at("/tasks/%d/work".formatted(third)),
        """
        {"work":{"kind":"code","branch":"payment-errors","pull_request_url":"https://git.example/shop/checkout/pull/31",
         "description":"Says which card was refused, and why.","requests_review":true}}
        """);
    room.say(room.agent, "#3 is handed in: the page now says which card was refused, and why.");
    return room;
  }
}
