using Microsoft.EntityFrameworkCore;

namespace DesignTimeProgram;

/// <summary>A database that the design-time tool is asked about.</summary>
internal sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
