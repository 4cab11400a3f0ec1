package io.foldwise.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server of a running search, as strangers and late comers find it. */
final class LiveServerTest {
  private final LiveServer server = LiveServer.start("{\"title\":\"quiz\"}");
  private final URI address = URI.create(server.address());
  private final String here = "127.0.0.1:" + address.getPort();

  @AfterEach
  void close() {
    server.close();
  }

  /** All that is answered to a request, which is written by hand: a client would not lie. */
  private String answer(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      String head = "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.formatted(method, path, host).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private int status(String method, String path, String host) throws IOException {
    return Integer.parseInt(answer(method, path, host).split(" ", -1)[1]);
  }

  @Test
  void onlyTheTokenOpensThePage() throws Exception {
    String token = address.getPath();
    assertTrue(answer("GET", token, here).contains("{\"title\":\"quiz\"}"));
    for (String path :
        Arrays.asList("/", "/favicon.ico", token.replaceFirst(".$", ""), "/0" + token, "/events")) {
      assertEquals(404, status("GET", path, here), path);
    }
    assertEquals(404, status("GET", token + "other", here));
    try (LiveServer other = LiveServer.start("{}")) {
      assertEquals(404, status("GET", URI.create(other.address()).getPath(), here));
    }
  }

  @Test
  void otherHostsAndOtherMethodsAreRefused() throws Exception {
    String token = address.getPath();
    assertEquals(200, status("GET", token, "localhost:" + address.getPort()));
    for (String host :
        Arrays.asList(
            "example.org",
            "127.0.0.1",
            "localhost:1",
            "127.0.0.1.example.org:" + address.getPort())) {
      assertEquals(403, status("GET", token, host), host);
    }
    for (String method : Arrays.asList("POST", "HEAD", "PUT", "OPTIONS")) {
      assertEquals(405, status(method, token, here), method);
    }
  }

  @Test
  void whoComesLateHearsAllFromTheBeginningAndOnlyTheLastOfWhatReplacesItself() throws Exception {
    server.tell("phase", "{\"n\":1}");
    server.tellNow("{\"n\":2}");
    server.tell("phase", "{\"n\":3}");
    server.tellNow("{\"n\":4}");
    CompletableFuture<String> heard = CompletableFuture.supplyAsync(this::events);
    Thread.sleep(300);
    server.tell("phase", "{\"n\":5}");
    server.finishWithReport("{}");
    String all = heard.get(20, TimeUnit.SECONDS).replaceAll("(?s)^.*?\r\n\r\n", "");
    assertEquals("1 3 4 5", String.join(" ", numbers(all)));
    assertTrue(all.contains("event: done"), all);
    String later = events();
    assertEquals("1 3 5", String.join(" ", numbers(later)));
    assertTrue(later.contains("event: done"), later);
  }

  private String events() {
    try {
      return answer("GET", address.getPath() + "events", here);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String[] numbers(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("data: {\"n\""))
        .map(line -> line.replaceAll("\\D", ""))
        .toArray(String[]::new);
  }

  @Test
  void afterItsEndNobodyIsAnsweredAndNoThreadIsLeft() throws Exception {
    CompletableFuture<String> heard = CompletableFuture.supplyAsync(this::events);
    Thread.sleep(300);
    server.close();
    heard.get(5, TimeUnit.SECONDS);
    assertThrows(ConnectException.class, () -> status("GET", address.getPath(), here));
    Thread.sleep(300);
    assertEquals(
        0,
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("live page") || t.getName().equals("HTTP-Dispatcher"))
            .count());
  }
}
