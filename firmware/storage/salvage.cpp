#include "firmware/storage/salvage.hpp"

namespace liqu::storage {
namespace {

bool isKept(const std::string& column) {
    return !column.ends_with("_sealed") && column != "pin_verifier";
}

class TableReader {
  public:
    TableReader(Database& database, SalvagedTable& table, const RowTaker& take)
        : database_(database), table_(table), take_(take) {
        std::string columns;
        for (const std::string& column : table.columns) columns += ", \"" + column + "\"";
        // The table's own tree: an index may be sound where the table is not, and the other way
        // round.
        from_ = " FROM \"" + table.name + "\" NOT INDEXED WHERE rowid > ? ORDER BY rowid";
        all_ = "SELECT rowid" + columns + from_;
        byKey_ = "SELECT 0" + columns + " FROM \"" + table.name + "\"";
        next_ = "SELECT rowid" + from_ + " LIMIT 1";
    }

    void read(bool hasRowNumbers) {
        if (!hasRowNumbers) return readByKey();
        std::int64_t last = -1;
        while (!readBehind(last)) {
            const std::int64_t readable = nextReadable(last);
            table_.gaps.push_back({last + 1, readable});
            if (readable == endOfTable) return;
            last = readable;
        }
    }

  private:
    // Without row numbers nothing is known of what lies behind the first bad place.
    void readByKey() {
        const auto done = database_.forEach(byKey_, {}, [&](const Row& row) {
            ++table_.rows;
            take_(table_, row);
            return true;
        });
        if (!done) table_.gaps.push_back({table_.rows + 1, endOfTable});
    }

    // False where reading stopped; `last` is the last row that was read.
    bool readBehind(std::int64_t& last) {
        const auto done = database_.forEach(all_, {last}, [&](const Row& row) {
            last = row.integer(0);
            ++table_.rows;
            take_(table_, row);
            return true;
        });
        return done.has_value();
    }

    bool canReadBehind(std::int64_t row) {
        return database_.forEach(next_, {row}, [](const Row&) { return false; }).has_value();
    }

    // The smallest row number behind which reading goes on.
    std::int64_t nextReadable(std::int64_t last) {
        std::int64_t step = 1;
        while (step < endOfTable && !canReadBehind(last + step)) step *= 2;
        if (step >= endOfTable) return endOfTable;
        std::int64_t bad = last + step / 2;
        std::int64_t good = last + step;
        while (good - bad > 1) {
            const std::int64_t middle = bad + (good - bad) / 2;
            (canReadBehind(middle) ? good : bad) = middle;
        }
        return good;
    }

    Database& database_;
    SalvagedTable& table_;
    const RowTaker& take_;
    std::string from_, all_, next_, byKey_;
};

}  // namespace

Result<std::vector<SalvagedTable>> salvage(Database& database, const RowTaker& take) {
    std::vector<SalvagedTable> tables;
    const auto names = TRY(
        database.query("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = "
                       "'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"));
    for (const Row& row : names) {
        SalvagedTable& table = tables.emplace_back(SalvagedTable{row.text(0), {}, 0, {}});
        const auto columns =
            TRY(database.query("SELECT name FROM pragma_table_info(?)", {table.name}));
        for (const Row& column : columns) {
            if (isKept(column.text(0))) table.columns.push_back(column.text(0));
        }
        TableReader(database, table, take).read(row.integer(1) == 0);
    }
    return tables;
}

}  // namespace liqu::storage
