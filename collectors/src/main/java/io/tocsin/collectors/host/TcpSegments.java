package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;

/**
 * What the two {@code Tcp:} lines of /proc/net/snmp say: names on the first, values on the second.
 *
 * @param sent segments sent, those sent again left out (RFC 1213, tcpOutSegs)
 * @param sentAgain segments sent again (tcpRetransSegs)
 */
record TcpSegments(long sent, long sentAgain) {

  static TcpSegments parse(ProcText snmp) throws CollectorException {
    int sentColumn = -1;
    int againColumn = -1;
    while (snmp.nextLine()) {
      if (!snmp.nextField() || !snmp.is("Tcp:")) {
        continue;
      }
      if (sentColumn >= 0 && againColumn >= 0) {
        return values(snmp, sentColumn, againColumn);
      }
      for (int column = 0; snmp.nextField(); column++) {
        sentColumn = snmp.is("OutSegs") ? column : sentColumn;
        againColumn = snmp.is("RetransSegs") ? column : againColumn;
      }
    }
    throw snmp.malformed("'Tcp:' lines with OutSegs and RetransSegs are missing up to here");
  }

  private static TcpSegments values(ProcText snmp, int sentColumn, int againColumn)
      throws CollectorException {
    long sent = -1;
    long again = -1;
    // Others may be negative, as MaxConn.
    for (int column = 0; snmp.nextField(); column++) {
      if (column == sentColumn) {
        sent = snmp.thisNumber("number of segments");
      } else if (column == againColumn) {
        again = snmp.thisNumber("number of segments");
      }
    }
    if (sent < 0 || again < 0) {
      throw snmp.malformed("there are fewer values than names");
    }
    return new TcpSegments(sent, again);
  }
}
