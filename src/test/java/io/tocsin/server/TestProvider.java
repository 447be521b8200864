package io.tocsin.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A provider of OpenID Connect with keys of its own, which can be made to lie. */
final class TestProvider implements AutoCloseable {

  static final String CLIENT = "tocsin";
  static final String SECRET = "shared with the provider";

  /** How an ID token is made. */
  enum Signature {
    RIGHT,
    OF_ANOTHER_KEY,
    NONE,
    BY_THE_SECRET
  }

  private final HttpServer server;
  private static final RSAKey KEY = rsa();
  private static final RSAKey OTHER_KEY = rsa();
  private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
  private volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  private volatile Signature signature = Signature.RIGHT;
  private volatile String issuerSaid;

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).keyID("key-1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  TestProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", this::keys);
    server.createContext("/token", this::token);
    server.start();
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  TestProvider claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    claims = change;
    return this;
  }

  TestProvider signature(Signature how) {
    signature = how;
    return this;
  }

  /** Has discovery name another issuer. */
  TestProvider says(String issuer) {
    issuerSaid = issuer;
    return this;
  }

  /** What somebody does there with a browser: agrees, and is sent back with a code. */
  String agree(URI authorization) {
    Map<String, String> query = form(authorization.getRawQuery());
    String code = UUID.randomUUID().toString();
    asked.put(code, query);
    return "code=" + code + "&state=" + query.get("state");
  }

  Map<String, String> asked(URI authorization) {
    return form(authorization.getRawQuery());
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String issuer = issuerSaid == null ? issuer().toString() : issuerSaid;
    answer(
        exchange,
        200,
        """
        {"issuer": "%s", "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token",
         "jwks_uri": "%s/keys", "subject_types_supported": ["public"],
         "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
        """
            .formatted(issuer, issuer(), issuer(), issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new JWKSet(KEY.toPublicJWK()).toString());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> begun = asked.remove(form.getOrDefault("code", ""));
    String client =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
    boolean isHonest =
        begun != null
            && client.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && begun.get("redirect_uri").equals(form.get("redirect_uri"))
            && "S256".equals(begun.get("code_challenge_method"))
            && begun.get("code_challenge").equals(challenge(form.get("code_verifier")));
    if (!isHonest) {
      answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \""
            + idToken(begun.get("nonce"))
            + "\"}");
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    JWTClaimsSet said =
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer().toString())
                    .audience(CLIENT)
                    .subject("1234")
                    .claim("preferred_username", "kim")
                    .claim("groups", List.of("staff", "on-call"))
                    .claim("nonce", nonce)
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(300))))
            .build();
    try {
      return switch (signature) {
        case NONE -> new PlainJWT(said).serialize();
        case BY_THE_SECRET -> {
          // The public key as a shared secret: taken by those who let the token choose.
          SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), said);
          jwt.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
          yield jwt.serialize();
        }
        case RIGHT, OF_ANOTHER_KEY -> {
          SignedJWT jwt =
              new SignedJWT(
                  new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(), said);
          jwt.sign(new RSASSASigner(signature == Signature.RIGHT ? KEY : OTHER_KEY));
          yield jwt.serialize();
        }
      };
    } catch (JOSEException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
