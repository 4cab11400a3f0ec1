package io.foldwise.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Headless Chromium and one page in it, driven through the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final long SECONDS = 120;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private String session = "";
  private int calls;

  private Browser(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Incoming())
            .join();
  }

  /** The browser of this machine, if it has one: Debian's chromium or what the path calls so. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the browser with an empty page. */
  static Browser start(Path program) throws IOException {
    Path profile = Files.createTempDirectory("foldwise-browser");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith(LISTENING)) {
        Browser browser = new Browser(process, profile, line.substring(LISTENING.length()).strip());
        drain(err);
        browser.attach();
        return browser;
      }
    }
    throw new IOException("the browser ended before it listened");
  }

  private static void drain(BufferedReader from) {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (from.readLine() != null) {}
              } catch (IOException closed) {
                // The browser has ended.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  private void attach() {
    String target =
        call("Target.createTarget", node().put("url", "about:blank")).get("targetId").asText();
    session =
        call("Target.attachToTarget", node().put("targetId", target).put("flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", node());
    }
  }

  private static ObjectNode node() {
    return MAPPER.createObjectNode();
  }

  /** Shows pages as a screen of so many CSS pixels does, light or dark. */
  void screen(int width, int height, String scheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        node()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = node();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    call("Emulation.setEmulatedMedia", media);
  }

  /** Opens a file and waits until its page says that it is ready. */
  void open(Path file) {
    open(file.toUri());
  }

  /** Opens an address and waits until its page says that it is ready. */
  void open(URI address) {
    requests.clear();
    complaints.clear();
    call("Page.navigate", node().put("url", address.toString()));
    evaluate(
        """
        new Promise(done => {
          const look = () => document.body && (document.body.dataset.ready || document.readyState === 'complete')
            ? done(true) : setTimeout(look, 20);
          look();
        })\
        """);
    if (!evaluate("document.body.dataset.ready").asText().equals("true")) {
      throw new IllegalStateException(address + " was not drawn: " + complaints);
    }
  }

  /** The value of an expression in the page; of a promise, what it comes to. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            node()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").path("value");
  }

  /** What reaches over the right edge of the page, if anything does. */
  String overflow() {
    return evaluate(
            """
            document.documentElement.scrollWidth <= innerWidth ? '' : [...document.body.querySelectorAll('*')]
              .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'))
              .map(e => e.tagName + '#' + e.id).slice(0, 5).join(' ')\
            """)
        .asText();
  }

  /**
   * What keeps people out by the rules of axe-core (Deque Systems), of WCAG 2 mostly.
   *
   * @param where the part of the page that is looked at, as axe-core has it
   */
  String seriousFaults(String where) throws IOException {
    try (InputStream axe =
        Browser.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
    }
    return evaluate(
            """
            axe.run(%s, {resultTypes: ['violations']}).then(found => found.violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')).join('\\n'))\
            """
                .formatted(where))
        .asText();
  }

  /** Presses a key. */
  void press(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          node()
              .put("type", type)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code));
    }
  }

  /** What the page asked any network or file for, itself left out. */
  List<String> requests() {
    return requests.stream().skip(1).toList();
  }

  /** What the console and the log complained of. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Writes a picture of the whole page. */
  void photograph(Path file) throws IOException {
    JsonNode picture = call("Page.captureScreenshot", node().put("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
  }

  private JsonNode call(String method, ObjectNode parameters) {
    int id = ++calls;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = node().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode whole = answer.get(SECONDS, TimeUnit.SECONDS);
      if (whole.has("error")) {
        throw new IllegalStateException(method + ": " + whole.get("error"));
      }
      return whole.get("result");
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(method + " has no answer", failed);
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    List<Path> left = new ArrayList<>();
    try (Stream<Path> files = Files.walk(profile)) {
      files.forEach(left::add);
    }
    for (int at = left.size() - 1; at >= 0; at--) {
      left.get(at).toFile().delete();
    }
  }

  /** Messages of the browser: answers to calls, and events. */
  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        try {
          take(MAPPER.readTree(message));
        } catch (IOException broken) {
          complaints.add(broken.toString());
        }
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "" -> answers.remove(message.get("id").asInt()).complete(message);
        case "Network.requestWillBeSent" -> requests.add(parameters.at("/request/url").asText());
        case "Runtime.exceptionThrown" ->
            complaints.add(parameters.get("exceptionDetails").toString());
        case "Log.entryAdded" -> complaints.add(parameters.at("/entry/text").asText());
        case "Runtime.consoleAPICalled" ->
            complaints.add(parameters.get("type").asText() + " " + parameters.get("args"));
        default -> {}
      }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      complaints.add(error.toString());
    }
  }

  /** Moves a slider to a position, and waits until the page has drawn what came of it. */
  void move(String id, double position) {
    evaluate(
        """
        new Promise(done => {
          const slider = document.getElementById('%s');
          slider.value = %s;
          slider.dispatchEvent(new Event('input'));
          requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
        })\
        """
            .formatted(id, position));
  }
}
