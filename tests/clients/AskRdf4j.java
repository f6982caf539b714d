import java.io.StringWriter;
import java.util.stream.Collectors;
import org.eclipse.rdf4j.query.BooleanQuery;
import org.eclipse.rdf4j.query.GraphQuery;
import org.eclipse.rdf4j.query.QueryLanguage;
import org.eclipse.rdf4j.query.TupleQuery;
import org.eclipse.rdf4j.repository.sparql.SPARQLRepository;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.Rio;

/** Asks an endpoint as RDF4J's client does with its defaults: its address, then queries, each answered after a line "--". */
public class AskRdf4j {
    public static void main(String[] arguments) {
        var repository = new SPARQLRepository(arguments[0]);
        try (var connection = repository.getConnection()) {
            for (int number = 1; number < arguments.length; number++) {
                System.out.println("--");
                var query = connection.prepareQuery(QueryLanguage.SPARQL, arguments[number]);
                if (query instanceof BooleanQuery ask) {
                    System.out.println(ask.evaluate());
                } else if (query instanceof GraphQuery graph) {
                    var text = new StringWriter();
                    try (var found = graph.evaluate()) {
                        Rio.write(found.stream().collect(Collectors.toList()), text, RDFFormat.NTRIPLES);
                    }
                    System.out.print(text);
                } else if (query instanceof TupleQuery select) {
                    try (var found = select.evaluate()) {
                        for (var row : found) {
                            System.out.println(
                                found.getBindingNames().stream()
                                    .map(name -> row.hasBinding(name) ? row.getValue(name).stringValue() : "")
                                    .collect(Collectors.joining("\t")));
                        }
                    }
                }
            }
        } finally {
            repository.shutDown();
        }
    }
}
