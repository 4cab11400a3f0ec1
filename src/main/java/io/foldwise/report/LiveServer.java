package io.foldwise.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Shows a run to browsers on this machine while it goes on, and its report afterwards. What it is
 * told it tells every page as server-sent events (WHATWG HTML, 9.2), to one that is opened late
 * from the beginning on.
 *
 * <ol>
 *   <li>It listens at 127.0.0.1 alone, and answers only those who know its random path.
 *   <li>A request by another name than 127.0.0.1 or localhost is refused, so that no page of
 *       another site can ask by a name of its own that leads here (DNS rebinding).
 *   <li>It only gives: what is asked for changes nothing.
 * </ol>
 */
public final class LiveServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 16;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final String HTML = "text/html; charset=utf-8";

  /** After so long without news a page is sent a comment, by which a closed one is noticed. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** How long pages are given, as the server closes, to take what they were told last. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Set<String> names;
  private final String path;
  private final byte[] page;

  /** The events so far, and what replaces itself; guarded by this list, as are the next three. */
  private final List<String> events = new ArrayList<>();

  private String now = "";
  private boolean finished;
  private int streams;
  private volatile byte[] report;

  private LiveServer(HttpServer server, String json) {
    this.server = server;
    int port = server.getAddress().getPort();
    this.names = Set.of("127.0.0.1:" + port, "localhost:" + port);
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    this.path = "/" + HexFormat.of().formatHex(token) + "/";
    this.page = page("live.html", json);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "live page");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a server at a free port.
   *
   * @param json what {@code live.js} is to know of the run from the start
   */
  public static LiveServer start(String json) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      LiveServer live = new LiveServer(HttpServer.create(new InetSocketAddress(here, 0), 0), json);
      live.server.setExecutor(live.threads);
      live.server.createContext("/", live::answer);
      live.server.start();
      return live;
    } catch (IOException failed) {
      throw new UncheckedIOException("no port of 127.0.0.1 can be listened at", failed);
    }
  }

  /** Where a browser finds the page. */
  public String address() {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  /** Tells every page of something, and those that are yet to be opened. */
  public void tell(String event, String json) {
    synchronized (events) {
      events.add(text(event, json));
      events.notifyAll();
    }
  }

  /** Tells every page how things stand, which holds until it is told the next time. */
  public void tellNow(String json) {
    synchronized (events) {
      now = text("now", json);
      events.notifyAll();
    }
  }

  /** Tells every page of the last there is to tell. */
  public void finish(String event, String json) {
    synchronized (events) {
      now = "";
      finished = true;
      tell(event, json);
    }
  }

  /**
   * Has every page become the report.
   *
   * @param json what the run found, as {@code page.js} reads it
   */
  public void finishWithReport(String json) {
    report = page("page.html", json);
    finish("done", "{}");
  }

  private static String text(String event, String json) {
    return "event: %s\ndata: %s\n\n".formatted(event, json.replace("\n", " "));
  }

  private static byte[] page(String template, String json) {
    StringWriter text = new StringWriter();
    try {
      PageTemplate.write(template, json, text);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
      exchange.getResponseHeaders().set("Content-Security-Policy", "frame-ancestors 'none'");
      String host = exchange.getRequestHeaders().getFirst("Host");
      String asked = exchange.getRequestURI().getRawPath();
      if (host == null || !names.contains(host)) {
        refuse(exchange, FORBIDDEN);
      } else if (!asked.startsWith(path)) {
        refuse(exchange, NOT_FOUND);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        refuse(exchange, NOT_ALLOWED);
      } else {
        answer(exchange, asked.substring(path.length()));
      }
    }
  }

  private void answer(HttpExchange exchange, String name) throws IOException {
    if (name.isEmpty()) {
      give(exchange, page);
    } else if (name.equals("events")) {
      stream(exchange);
    } else if (name.equals("report.html") && report != null) {
      give(exchange, report);
    } else {
      refuse(exchange, NOT_FOUND);
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private static void give(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", HTML);
    exchange.sendResponseHeaders(OK, body.length);
    exchange.getResponseBody().write(body);
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(OK, 0);
    synchronized (events) {
      streams++;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      sendAll(out); // Closed before the stream is counted out, so that the page is sent its end.
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      exchange
          .close(); // It ends the stream as HTTP has it, for which the server waits as it closes.
      synchronized (events) {
        streams--;
        events.notifyAll();
      }
    }
  }

  /** Sends what was told and what will be, until the last of it. */
  private void sendAll(OutputStream out) throws IOException, InterruptedException {
    int sent = 0;
    String shown = "";
    boolean last = false;
    while (!last) {
      StringBuilder news = new StringBuilder();
      synchronized (events) {
        if (sent == events.size() && now.equals(shown) && !finished) {
          events.wait(SILENCE.toMillis());
        }
        events.subList(sent, events.size()).forEach(news::append);
        sent = events.size();
        news.append(now.equals(shown) ? "" : now);
        shown = now;
        last = finished;
      }
      out.write((news.isEmpty() ? ":\n\n" : news.toString()).getBytes(UTF_8));
      out.flush();
    }
  }

  /** Ends it: pages are told no more, and nobody is answered. */
  @Override
  public void close() {
    try {
      synchronized (events) {
        finished = true;
        events.notifyAll();
        long end = System.nanoTime() + GRACE.toNanos();
        for (long left = GRACE.toMillis(); streams > 0 && left > 0; ) {
          events.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
